/// Paths as texts: names joined by `/`, compared by bytes.
package enum Paths {
  /// The directory that holds what a path names: `.` for a bare name, `/` for what lies in the root.
  package static func directory(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// What follows the last `/`; the whole path without one.
  package static func lastComponent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  /// `site` of `site/`; the root stays `/`.
  package static func withoutTrailingSlashes(_ path: String) -> String {
    var trimmed = path
    while trimmed.utf8.count > 1, trimmed.utf8.last == UInt8(ascii: "/") { trimmed.removeLast() }
    return trimmed
  }

  /// A path that is relative is one from `folder` on.
  package static func resolve(_ path: String, from folder: String) -> String {
    path.utf8.first == UInt8(ascii: "/") ? path : folder + "/" + path
  }
}
