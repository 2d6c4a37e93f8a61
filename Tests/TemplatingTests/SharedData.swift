import Foundation

/// Test data beside the checkout: `<root>/../shared`, or where `FOLIO_SHARED` points.
enum SharedData {
  static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["FOLIO_SHARED"] { return URL(filePath: path) }
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    return root.deletingLastPathComponent().appending(path: "shared")
  }()

  static let isPresent = FileManager.default.fileExists(
    atPath: folder.appending(path: "conformance").path)
}
