import FolioBilling
import FolioStore
import Hashing

/// The head of a message by Standard Webhooks 1.0.0, checked in its form and its time.
struct StandardWebhooksMessage {
  private let id: [UInt8]
  private let timestamp: [UInt8]
  /// The `v1` signatures; other versions are left out, as the specification asks.
  private let signatures: [[UInt8]]

  /// Checks the three headers.
  ///
  /// An id or timestamp with a `.` would let the same bytes be split between id, timestamp and body in two ways under
  /// one valid signature.
  init(_ headers: DeliveryHeaders, at now: Timestamp) throws(SignatureRefusal) {
    guard let id = headers.id else { throw .missingHeader("webhook-id") }
    guard let timestamp = headers.timestamp else { throw .missingHeader("webhook-timestamp") }
    guard let signature = headers.signature else { throw .missingHeader("webhook-signature") }
    guard isDeliveryID(id), !id.contains(UInt8(ascii: ".")) else { throw .malformedID }
    try SignedTime.check(timestamp, at: now)
    self.id = id
    self.timestamp = timestamp
    let version = Array("v1,".utf8)
    signatures = signature.split(separator: UInt8(ascii: " ")).filter { $0.starts(with: version) }
      .map { Array($0.dropFirst(version.count)) }
  }

  /// The id as text: it is visible ASCII.
  var idText: String { String(decoding: id, as: UTF8.self) }

  /// Whether one of the signatures was made with this key; the time taken does not tell how near one was.
  func isSigned(with key: HMACSHA256.Key, body: [UInt8]) -> Bool {
    let expected = Array(Self.signature(id: id, timestamp: timestamp, body: body, key: key).utf8)
    var isSigned = false
    for signature in signatures where ConstantTime.equal(signature, expected) { isSigned = true }
    return isSigned
  }

  /// The signature in base 64, without its version.
  static func signature(id: [UInt8], timestamp: [UInt8], body: [UInt8], key: HMACSHA256.Key) -> String {
    let dot = UInt8(ascii: ".")
    let code = key.authenticationCode { hash in
      hash.update(id + [dot] + timestamp + [dot])
      hash.update(body)
    }
    return Base64.encode(code)
  }
}

/// Whether a sender's id for a message can be kept and listed: 1 to 256 bytes of visible ASCII.
func isDeliveryID(_ bytes: some Collection<UInt8>) -> Bool {
  (1...Delivery.nameBytesLimit).contains(bytes.count) && bytes.allSatisfy { (0x21...0x7E).contains($0) }
}
