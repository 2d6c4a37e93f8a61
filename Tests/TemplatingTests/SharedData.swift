import FolioTestSupport
import Foundation

/// Test data beside the checkout: `<root>/../shared`, or where `FOLIO_SHARED` points.
enum SharedData {
  static let folder = Repository.shared

  static let isPresent = Repository.hasShared
}
