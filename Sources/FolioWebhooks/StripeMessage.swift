import FolioBilling
import Hashing

/// The header `Stripe-Signature: t=<seconds>,v1=<hex>,…`, checked in its form and its time.
struct StripeMessage {
  private let timestamp: [UInt8]
  /// The `v1` signatures; `v0`, of test mode, and unknown ones are left out.
  private let signatures: [[UInt8]]

  /// Checks the header; it has one `t`.
  init(_ header: [UInt8], at now: Timestamp) throws(SignatureRefusal) {
    var (times, signatures): ([[UInt8]], [[UInt8]]) = ([], [])
    for item in header.split(separator: UInt8(ascii: ",")) {
      if item.starts(with: "t=".utf8) { times.append(Array(item.dropFirst(2))) }
      if item.starts(with: "v1=".utf8) { signatures.append(Array(item.dropFirst(3))) }
    }
    guard let timestamp = times.first, times.count == 1 else { throw .malformedTimestamp }
    // Unlike Stripe's own libraries, which let a time in the future pass.
    try SignedTime.check(timestamp, at: now)
    self.timestamp = timestamp
    self.signatures = signatures
  }

  /// Whether one of the signatures was made with this key; the time taken does not tell how near one was.
  func isSigned(with key: HMACSHA256.Key, body: [UInt8]) -> Bool {
    let expected = Array(Self.signature(timestamp: timestamp, body: body, key: key).utf8)
    var isSigned = false
    for signature in signatures where ConstantTime.equal(signature, expected) { isSigned = true }
    return isSigned
  }

  /// The signature in hexadecimal digits, without its version.
  static func signature(timestamp: [UInt8], body: [UInt8], key: HMACSHA256.Key) -> String {
    let code = key.authenticationCode { hash in
      hash.update(timestamp + [UInt8(ascii: ".")])
      hash.update(body)
    }
    return Hexadecimal.encode(code)
  }
}
