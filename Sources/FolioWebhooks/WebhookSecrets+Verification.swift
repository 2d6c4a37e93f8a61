package import FolioBilling

/// Who signed a request.
package struct VerifiedSender: Sendable {
  package let source: WebhookSource
  /// The id in the headers; nil where the scheme leaves it to the body.
  package let id: String?
}

extension WebhookSecrets {
  /// Finds the source whose secret signed a body, before anything of the body is read.
  ///
  /// Headers of Standard Webhooks decide where there are any, else `Stripe-Signature` does.
  ///
  /// - Parameter customer: the one in the request's path, for whom the source must be allowed to speak.
  package func sender(
    of body: [UInt8], _ headers: DeliveryHeaders, customer: CustomerID?, at now: Timestamp
  ) throws(SignatureRefusal) -> VerifiedSender {
    let sender = try signer(of: body, headers, at: now)
    if let customer, !sender.source.customers.includes(customer) {
      throw .customerOutsideScope(source: sender.source.name)
    }
    return sender
  }

  private func signer(
    of body: [UInt8], _ headers: DeliveryHeaders, at now: Timestamp
  ) throws(SignatureRefusal) -> VerifiedSender {
    let isStandard = headers.id != nil || headers.timestamp != nil || headers.signature != nil
    if let header = headers.stripeSignature, !isStandard {
      let message = try StripeMessage(header, at: now)
      for source in sources where source.scheme == .stripe {
        for key in source.keys where message.isSigned(with: key, body: body) {
          return VerifiedSender(source: source, id: nil)
        }
      }
    } else {
      let message = try StandardWebhooksMessage(headers, at: now)
      for source in sources where source.scheme == .standardWebhooks {
        for key in source.keys where message.isSigned(with: key, body: body) {
          return VerifiedSender(source: source, id: message.idText)
        }
      }
    }
    throw .noMatchingSignature
  }
}
