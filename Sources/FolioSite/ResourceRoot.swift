import OperatingSystem

/// Where templates and assets were found.
package struct ResourceRoot: Equatable, Sendable {
  /// Which rule found them.
  package enum Rule: String, Sendable {
    /// `--resources`.
    case option
    /// `FOLIO_RESOURCES`.
    case environment
    /// `../share/folio` beside the folder of the binary.
    case installed
    /// The nearest folder above the binary that holds both.
    case development
  }

  package let path: String
  package let rule: Rule

  /// Looks for the folder that holds `site-templates` and `assets`.
  ///
  /// - Parameters:
  ///   - option: the value of `--resources`; where given, nothing else is tried.
  ///   - environment: the value of `FOLIO_RESOURCES`, tried next, and alone.
  ///   - executable: the real path of the binary.
  /// - Throws: `ResourceError.notFound` with every place that was tried, in order.
  package static func find(
    option: String?, environment: String?, executable: String
  ) throws(ResourceError) -> ResourceRoot {
    if let option { return try checked(option, .option) }
    if let environment { return try checked(environment, .environment) }
    let folder = Paths.directory(of: executable)
    var tried = [Paths.directory(of: folder) + "/share/folio"]
    if holdsResources(tried[0]) { return ResourceRoot(path: tried[0], rule: .installed) }
    var ancestor = folder
    while true {
      if holdsResources(ancestor) { return ResourceRoot(path: ancestor, rule: .development) }
      tried.append(ancestor)
      if ancestor == "/" { throw .notFound(tried: tried) }
      ancestor = Paths.directory(of: ancestor)
    }
  }

  private static func checked(_ path: String, _ rule: Rule) throws(ResourceError) -> ResourceRoot {
    guard holdsResources(path) else { throw .notFound(tried: [path]) }
    return ResourceRoot(path: path, rule: rule)
  }

  private static func holdsResources(_ path: String) -> Bool {
    ["/site-templates", "/assets"].allSatisfy { name in
      do { return try Files.status(path + name, followingSymbolicLinks: true).isDirectory } catch {
        return false
      }
    }
  }
}

/// Why there are no templates.
package enum ResourceError: Error, Equatable, Sendable {
  case notFound(tried: [String])
  /// A language that no folder of messages has words for.
  case noWords(language: String)
}
