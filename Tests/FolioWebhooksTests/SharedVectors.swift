import FolioTestSupport
import Foundation

/// Signatures that are known to be right, from the folder beside the checkout.
struct SharedVectors: Decodable {
  struct Standard: Decodable {
    let secret: String
    let id: String
    let timestamp: String
    let body: String
    let signature: String
  }

  struct Stripe: Decodable {
    let secret: String
    let timestamp: String
    let body: String
    let header: String
  }

  let standard: [Standard]
  let stripe: [Stripe]

  private enum CodingKeys: String, CodingKey {
    case standard = "standard_webhooks_v1"
    case stripe
  }

  static func load() throws -> SharedVectors {
    let file = Repository.shared.appending(path: "conformance/webhooks/vectors.json")
    return try JSONDecoder().decode(SharedVectors.self, from: Data(contentsOf: file))
  }
}
