import CLinux
import Glibc

/// Bytes that nobody can guess, from getrandom(2).
package enum RandomBytes {
  /// Makes `count` bytes, fit for keys and capability tokens; waits at boot until the kernel has gathered enough.
  package static func make(count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let made = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe linux_getrandom(buffer.baseAddress?.advanced(by: filled), count - filled)
      }
      // Of its errors only EINTR can happen here; predictable bytes would be worse than a stop.
      precondition(made >= 0 || errno == EINTR, "getrandom failed")
      filled += max(made, 0)
    }
    return bytes
  }

  /// Lower-case hexadecimal digits of `count` random bytes.
  static func hexadecimal(count: Int) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: make(count: count).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
