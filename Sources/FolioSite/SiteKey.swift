package import FolioBilling
import Hashing
import OperatingSystem

/// The secret from which the names of portals follow.
package struct SiteKey: Sendable {
  private let bytes: [UInt8]

  /// How long a key is, in bytes.
  package static let length = 32

  /// A key made from random bytes of `length`.
  package init(_ bytes: [UInt8]) {
    precondition(bytes.count == Self.length, "a key has its length")
    self.bytes = bytes
  }

  /// The key of a demo, which follows from its seed: known to everybody.
  package init(demoSeed: Int64) {
    bytes = SHA256.hash(Array("folio demo site key \(demoSeed)".utf8))
  }

  /// Reads a key file: 64 hexadecimal digits, and readable by its owner alone.
  ///
  /// - Throws: `SiteKeyError`, `SystemError`.
  package init(file: String) throws {
    let status = try Files.status(file, followingSymbolicLinks: true)
    if status.mode & 0o077 != 0 { throw SiteKeyError.readableByOthers(path: file, mode: status.mode) }
    var text = try Files.read(file, bytesLimit: 1_024)
    while text.last == UInt8(ascii: "\n") || text.last == UInt8(ascii: "\r") { text.removeLast() }
    guard let key = Hexadecimal.decode(String(decoding: text, as: UTF8.self)), key.count == Self.length else {
      throw SiteKeyError.malformed(path: file)
    }
    bytes = key
  }

  /// The bytes of a key file.
  package var fileBytes: [UInt8] { Array((Hexadecimal.encode(bytes) + "\n").utf8) }

  /// Tells two keys apart and says nothing of either.
  var identity: [UInt8] {
    Array(HMACSHA256.authenticationCode(for: Array("folio site key 1".utf8), key: bytes).prefix(16))
  }

  /// The folder of a customer's portal: 130 bits of an HMAC of the id, in 26 letters and digits.
  package func portalName(of customer: CustomerID) -> String {
    let code = HMACSHA256.authenticationCode(for: Array("folio portal 1\n\(customer.text)".utf8), key: bytes)
    return String(Base32.encode(code).prefix(26))
  }
}

/// Why a key file cannot be used.
package enum SiteKeyError: Error, Equatable, Sendable {
  case missing(path: String)
  case readableByOthers(path: String, mode: UInt32)
  case malformed(path: String)
  /// A demo's key outside a demo.
  case demoSeedOutsideDemo
}
