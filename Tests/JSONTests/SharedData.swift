import FolioTestSupport
import Foundation

/// Test data of others, which lies beside the checkout or where FOLIO_SHARED says.
enum SharedData {
  static let json = Repository.shared.appending(path: "conformance/json")

  static var isPresent: Bool { Repository.hasShared }

  /// The names in the JSON folder that start with `prefix`, sorted; none where it is absent.
  static func names(prefix: String) -> [String] {
    guard let all = try? FileManager.default.contentsOfDirectory(atPath: json.path) else { return [] }
    return all.filter { $0.hasPrefix(prefix) }.sorted()
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: json.appending(path: name)))
  }
}
