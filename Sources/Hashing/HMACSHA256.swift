/// HMAC with SHA-256 (RFC 2104): proof that whoever sent a message knows the key.
package enum HMACSHA256 {
  /// The 32 bytes that authenticate `message` under `key`. Compare them with ``ConstantTime``.
  package static func authenticationCode(for message: [UInt8], key: [UInt8]) -> [UInt8] {
    let shortKey = key.count > SHA256.blockLength ? SHA256.hash(key) : key
    let block = shortKey + [UInt8](repeating: 0, count: SHA256.blockLength - shortKey.count)
    var inner = SHA256()
    inner.update(block.map { $0 ^ 0x36 })
    inner.update(message)
    var outer = SHA256()
    outer.update(block.map { $0 ^ 0x5C })
    outer.update(inner.finalize())
    return outer.finalize()
  }
}
