/// HMAC with SHA-256 (RFC 2104): proof that whoever sent a message knows the key.
package enum HMACSHA256 {
  /// The 32 bytes that authenticate `message` under `key`. Compare them with ``ConstantTime``.
  package static func authenticationCode(for message: [UInt8], key: [UInt8]) -> [UInt8] {
    Key(key).authenticationCode { $0.update(message) }
  }

  /// A key whose two blocks are hashed already: of many short messages that is half of the work.
  package struct Key: Sendable {
    private let inner: SHA256
    private let outer: SHA256

    /// Prepares a key of any length.
    package init(_ key: [UInt8]) {
      let shortKey = key.count > SHA256.blockLength ? SHA256.hash(key) : key
      let block = shortKey + [UInt8](repeating: 0, count: SHA256.blockLength - shortKey.count)
      inner = Self.hash(of: block, xor: 0x36)
      outer = Self.hash(of: block, xor: 0x5C)
    }

    /// The 32 bytes that authenticate what `feed` gives to the hash, in one piece or many.
    package func authenticationCode(_ feed: (inout SHA256) -> Void) -> [UInt8] {
      var message = inner
      feed(&message)
      var code = outer
      code.update(message.finalize())
      return code.finalize()
    }

    private static func hash(of block: [UInt8], xor pad: UInt8) -> SHA256 {
      var hash = SHA256()
      hash.update(block.map { $0 ^ pad })
      return hash
    }
  }
}
