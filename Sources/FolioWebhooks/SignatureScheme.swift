/// How a source signs what it sends, under the name that the file of secrets uses.
package enum SignatureScheme: String, Sendable, CaseIterable {
  /// Standard Webhooks 1.0.0, version `v1`: HMAC-SHA256 over `id.timestamp.body`, keyed by the decoded secret.
  case standardWebhooks = "standard-webhooks"
  /// The header `Stripe-Signature`: HMAC-SHA256 over `timestamp.body`, keyed by the secret's own letters.
  case stripe
}
