package import FolioBilling

extension WebhookSource {
  /// The headers that sign a body with the first secret, in the order in which they are sent.
  ///
  /// - Parameter id: visible ASCII without `.`; the scheme of Stripe sends none.
  package func sign(_ body: [UInt8], id: String, at now: Timestamp) -> [(name: String, value: String)] {
    guard let key = keys.first else { preconditionFailure("a source has a secret") }
    let timestamp = String(now.secondsSinceEpoch)
    let time = Array(timestamp.utf8)
    switch scheme {
    case .standardWebhooks:
      let signature = StandardWebhooksMessage.signature(
        id: Array(id.utf8), timestamp: time, body: body, key: key)
      return [
        ("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", "v1," + signature),
      ]
    case .stripe:
      let signature = StripeMessage.signature(timestamp: time, body: body, key: key)
      return [("Stripe-Signature", "t=\(timestamp),v1=\(signature)")]
    }
  }

  /// Whether a text can be the id of a message.
  package static func isMessageID(_ text: String) -> Bool {
    isDeliveryID(text.utf8) && !text.utf8.contains(UInt8(ascii: "."))
  }
}
