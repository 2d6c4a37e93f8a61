import Glibc

/// The service manager that started this process and wants to hear from it (sd_notify(3)).
package enum ServiceManager {
  /// Sends a state such as `READY=1`.
  ///
  /// - Parameter socket: the value of `NOTIFY_SOCKET`: a path, or an abstract name that opens with `@`.
  /// - Throws: `ENAMETOOLONG` for a name that no socket can have, and what the system refuses.
  package static func notify(_ state: String, socket name: String) throws(SystemError) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var bytes = Array(name.utf8)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard !bytes.isEmpty, bytes.count < room else {
      throw SystemError(operation: "sendto", path: name, code: ENAMETOOLONG)
    }
    if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    let length = socklen_t(MemoryLayout<sockaddr_un>.size - room + bytes.count)
    let kind = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue)
    let number = try systemCall("socket", name) { Glibc.socket(AF_UNIX, kind, 0) }
    let descriptor = FileDescriptor(owning: number, path: name)
    let message = Array(state.utf8)
    _ = try systemCall("sendto", name) {
      unsafe withUnsafePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe sendto(
            descriptor.number, message, message.count, Int32(MSG_NOSIGNAL), $0, length)
        }
      }
    }
  }
}
