import OperatingSystem

/// Where a site lies, and the paths beside it that publishing needs.
struct SitePlace: Sendable {
  /// The live directory.
  let output: String
  /// The directory that holds it.
  let parent: String

  /// For whatever a visitor must not see.
  var state: String { output + ".state" }
  /// The site in the making; after the exchange, the old one.
  var staging: String { state + "/staging" }
  /// The old site between two renames, where the file system has no exchange.
  var old: String { state + "/old" }

  /// Finds the place that a path names, without links in its parents.
  ///
  /// - Throws: `PublishingError.notReplaceable`, `SystemError`.
  init(_ path: String, home: String?) throws {
    let trimmed = Paths.withoutTrailingSlashes(path)
    let name = Paths.lastComponent(of: trimmed)
    if name.isEmpty || name == "." || name == ".." { throw PublishingError.notReplaceable(path: path) }
    let folder = Paths.directory(of: trimmed)
    if try Files.statusIfPresent(folder) == nil {
      try Directories.create(folder, mode: 0o755, intermediates: true)
    }
    parent = try Directories.realPath(folder)
    output = (parent == "/" ? "" : parent) + "/" + name
    if let home, output == Paths.withoutTrailingSlashes(home) {
      throw PublishingError.notReplaceable(path: path)
    }
    try checkContent()
  }

  /// Makes the state directory, or makes sure that the one that is there is this user's own.
  func makeState() throws {
    if try Files.statusIfPresent(state) == nil { try Directories.create(state, mode: 0o700) }
    let status = try Files.status(state)
    guard status.isDirectory, status.ownerID == CurrentProcess.userID, status.mode & 0o022 == 0 else {
      throw PublishingError.untrustedState(path: state)
    }
  }

  /// Brings back the site that a crash between two renames left aside, and clears what was staged.
  func recover() throws(SystemError) {
    if try Files.statusIfPresent(old) != nil {
      if try Files.statusIfPresent(output) == nil {
        try Directories.rename(old, to: output, replacing: false)
      } else {
        try Directories.removeTree(old)
      }
    }
    try Directories.removeTree(staging)
  }

  /// Refuses a live directory that no build has made.
  ///
  /// A site inside another one would be swept away with it, so that is refused, too.
  func checkContent() throws {
    var folder = parent
    while folder != "/" {
      if try Files.statusIfPresent(folder + "/" + StagedSite.markerName)?.isRegular == true {
        throw PublishingError.insideAnotherSite(output: output, site: folder)
      }
      folder = Paths.directory(of: folder)
    }
    guard let status = try Files.statusIfPresent(output) else { return }
    guard status.isDirectory else { throw PublishingError.notADirectory(path: output) }
    let content = try Directories.list(output)
    if !content.isEmpty, !content.contains(StagedSite.markerName) {
      throw PublishingError.foreignContent(path: output)
    }
  }

  /// Makes the staged directory the live one, and what was live the staged one.
  ///
  /// - Returns: false where the file system has no exchange, so that two renames did it.
  /// - Throws: `SystemError`; the live directory is the old one.
  func exchange() throws(SystemError) -> Bool {
    guard try Files.statusIfPresent(output) != nil else {
      try Directories.rename(staging, to: output, replacing: false)
      return true
    }
    do throws(SystemError) {
      try Directories.exchange(staging, output)
      return true
    } catch {
      guard error.isNotSupported else { throw error }
    }
    try exchangeByRenames()
    return false
  }

  /// The same in two renames; when the second fails, the first is taken back.
  func exchangeByRenames() throws(SystemError) {
    try Directories.rename(output, to: old)
    do throws(SystemError) {
      try Directories.rename(staging, to: output)
    } catch {
      try Directories.rename(old, to: output)
      throw error
    }
  }
}
