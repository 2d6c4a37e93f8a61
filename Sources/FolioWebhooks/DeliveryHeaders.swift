/// The fields of a request's head that sign its body, as raw bytes without the white space around them.
package struct DeliveryHeaders: Sendable {
  /// `webhook-id` of Standard Webhooks.
  package let id: [UInt8]?
  /// `webhook-timestamp` of Standard Webhooks.
  package let timestamp: [UInt8]?
  /// `webhook-signature` of Standard Webhooks.
  package let signature: [UInt8]?
  /// `Stripe-Signature`.
  package let stripeSignature: [UInt8]?

  package init(
    id: [UInt8]? = nil, timestamp: [UInt8]? = nil, signature: [UInt8]? = nil,
    stripeSignature: [UInt8]? = nil
  ) {
    self.id = id
    self.timestamp = timestamp
    self.signature = signature
    self.stripeSignature = stripeSignature
  }
}
