package import FolioBilling
package import FolioStore

extension WebhookSecrets {
  /// What the inbox is to keep of a signed body.
  ///
  /// The event is the body's `type` and `data`. Its identity is the source and the id: `webhook-id`, or the body's
  /// `id` by Stripe's scheme. Its time is the body's `timestamp` (RFC 3339), else `created` (Unix seconds), else that
  /// of its fact, as an import reads it. Its customer is the body's `customer_id`, else the one in the path, else the
  /// only one for whom the source may speak.
  ///
  /// - Parameter customer: the one in the request's path.
  package func delivery(from sender: VerifiedSender, body: [UInt8], customer: CustomerID?) -> Delivery {
    let decoded = DecodedBody(body, of: sender.source, id: sender.id, customer: customer)
    return Delivery(
      source: sender.source.name, id: decoded.id, customerID: decoded.customer, type: decoded.type,
      digest: decoded.digest, verdict: decoded.verdict, body: body)
  }

  /// Reads a kept body anew, by what its source may say today.
  package func verdict(on delivery: StoredDelivery) -> DeliveryVerdict {
    guard let source = source(named: delivery.source) else {
      return .refused(FieldError(path: "source", expected: .configuredSource, found: delivery.source))
    }
    let id = source.scheme == .stripe ? nil : delivery.id
    return DecodedBody(delivery.body ?? [], of: source, id: id, customer: delivery.customerID).verdict
  }
}
