import Foundation

/// Symbolic links, which the product only ever meets.
enum Links {
  static func make(to target: String, at path: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
  }
}
