import FolioTestSupport
import Foundation

/// The documentation's sample answers, which lie beside the checkout.
enum SharedData {
  static var responses: String { Repository.shared.path + "/spec/responses/" }

  static var isPresent: Bool { Repository.hasShared }
}
