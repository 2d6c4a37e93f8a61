package import OperatingSystem

/// Where a site lies, and its state, which no visitor may see.
package struct SitePlace: Equatable, Sendable {
  /// The web root, as an absolute path.
  package let output: String
  /// The directory of what is published, the lock, and what is staged.
  package let state: String
  /// The state of a publisher of the whole site.
  private let wholeState: String
  /// The directory that holds the web root.
  let parent: String

  /// What is staged, and what was live until it was exchanged.
  var staging: String { state + "/staging" }
  /// What was live, by its name in the web root: the next publication of that name makes its directory of it.
  package var retired: String { state + "/retired" }
  var lockPath: String { state + "/lock" }
  var recordPath: String { state + "/" + Self.recordName }
  static let recordName = "published.db"

  /// Finds the place that a path names, without links in its parents.
  ///
  /// - Parameters:
  ///   - state: the state directory; nil for the one beside the output, `<output>.state`.
  ///   - part: what the publisher's share of the site is called, `2-of-4`; its state is one of its own.
  ///   - home: the home directory of whoever publishes, which is never replaced.
  /// - Throws: `PublishingError.notReplaceable`, `.stateInsideSite`, `SystemError`.
  package init(_ path: String, state: String? = nil, part: String? = nil, home: String? = nil) throws {
    let trimmed = Paths.withoutTrailingSlashes(path)
    let name = Paths.lastComponent(of: trimmed)
    if name.isEmpty || name == "." || name == ".." { throw PublishingError.notReplaceable(path: path) }
    let parent = try Self.existingRealPath(Paths.directory(of: trimmed))
    self.parent = parent
    output = (parent == "/" ? "" : parent) + "/" + name
    if let home, output.utf8.elementsEqual(Paths.withoutTrailingSlashes(home).utf8) {
      throw PublishingError.notReplaceable(path: path)
    }
    wholeState = try state.map { path throws(SystemError) in try Self.absolute(path) } ?? output + ".state"
    self.state = wholeState + (part.map { "." + $0 } ?? "")
    if self.state.utf8.elementsEqual(output.utf8) || self.state.utf8.starts(with: (output + "/").utf8) {
      throw PublishingError.stateInsideSite(path: self.state)
    }
  }

  private static func absolute(_ path: String) throws(SystemError) -> String {
    let trimmed = Paths.withoutTrailingSlashes(path)
    let folder = try existingRealPath(Paths.directory(of: trimmed))
    return (folder == "/" ? "" : folder) + "/" + Paths.lastComponent(of: trimmed)
  }

  /// The path without symbolic links of a folder, or of the folder nearest to it, with the rest as it was written:
  /// looking at a place makes nothing.
  private static func existingRealPath(_ folder: String) throws(SystemError) -> String {
    if try Files.statusIfPresent(folder, followingSymbolicLinks: true) != nil {
      return try Directories.realPath(folder)
    }
    let above = Paths.directory(of: folder)
    let base = try above == folder ? folder : existingRealPath(above)
    return (base == "/" ? "" : base) + "/" + Paths.lastComponent(of: folder)
  }
}

extension SitePlace {
  /// The states of all publishers of the site: of the whole, and of parts, where one has published.
  package func states() throws(SystemError) -> [String] {
    let folder = Paths.directory(of: wholeState)
    guard try Files.statusIfPresent(folder) != nil else { return [] }
    let whole = Paths.lastComponent(of: wholeState).utf8
    var states: [String] = []
    for name in try Directories.list(folder) {
      let isState =
        name.utf8.elementsEqual(whole) || name.utf8.starts(with: Array(whole) + [UInt8(ascii: ".")])
      let path = (folder == "/" ? "" : folder) + "/" + name
      if isState, try Files.exists(path + "/" + Self.recordName) { states.append(path) }
    }
    return states
  }

  /// Makes the state directory, or makes sure that the one that is there is this user's own.
  func makeState() throws {
    if try Files.statusIfPresent(state) == nil {
      try createMissing(Paths.directory(of: state))
      try createAlone(state, mode: 0o700)
    }
    try checkState()
  }

  /// Makes sure that the state directory is this user's own.
  func checkState() throws {
    let status = try Files.status(state)
    guard status.isDirectory, status.ownerID == CurrentProcess.userID, status.mode & 0o022 == 0 else {
      throw PublishingError.untrustedState(path: state)
    }
  }

  private func createMissing(_ folder: String) throws(SystemError) {
    if try Files.statusIfPresent(folder) != nil { return }
    try Directories.create(folder, mode: 0o755, intermediates: true)
  }

  /// Makes a directory that another publisher may be making at the same time.
  private func createAlone(_ path: String, mode: FileMode) throws(SystemError) {
    do throws(SystemError) {
      try Directories.create(path, mode: mode)
      try Directories.sync(Paths.directory(of: path))
    } catch {
      guard error.isAlreadyThere else { throw error }
    }
  }

  /// Opens the web root, which is made where it is missing.
  func openRoot() throws -> DirectoryHandle {
    try checkContent()
    if try Files.statusIfPresent(output) == nil {
      try createMissing(parent)
      try createAlone(output, mode: SiteConvention.directoryMode)
    }
    return try DirectoryHandle(opening: output)
  }

  /// Marks the web root as a publisher's, before anything else is in it.
  ///
  /// The marker appears whole and in one step, and is never taken away: publishers of other parts may be at work.
  ///
  /// - Throws: `PublishingError.stateOnOtherFileSystem`, `SystemError`.
  func mark(_ root: DirectoryHandle, from staging: DirectoryHandle, group: UInt32?) throws {
    try checkFileSystem(of: root, staging)
    if try isMarked(root) { return }
    let name = SiteConvention.markerName
    try root.setAttributes(mode: SiteConvention.directoryMode, group: group)
    try staging.removeFile(name)
    let attributes = DirectoryHandle.Attributes(mode: SiteConvention.fileMode, group: group)
    try staging.createFile(name, SiteConvention.siteMarker, attributes, isSynced: true)
    try staging.rename(name, to: root, name)
    try root.sync()
  }

  private func isMarked(_ root: DirectoryHandle) throws(SystemError) -> Bool {
    guard let marker = try root.status(of: SiteConvention.markerName) else { return false }
    let isWhole = marker.size == SiteConvention.siteMarker.count && marker.mode == SiteConvention.fileMode
    return marker.isRegular && isWhole
  }

  /// Refuses a web root that no build has made.
  ///
  /// A site inside another one would be taken for a part of it, so that is refused, too.
  package func checkContent() throws {
    var folder = parent
    while folder != "/" {
      if try Files.statusIfPresent(folder + "/" + SiteConvention.markerName)?.isRegular == true {
        throw PublishingError.insideAnotherSite(output: output, site: folder)
      }
      folder = Paths.directory(of: folder)
    }
    guard let status = try Files.statusIfPresent(output) else { return }
    guard status.isDirectory else { throw PublishingError.notADirectory(path: output) }
    // Asked again after the list: a publisher of another part marks the web root before it puts anything there.
    if try isMarked || Directories.list(output).isEmpty || isMarked { return }
    throw PublishingError.foreignContent(path: output)
  }

  private var isMarked: Bool {
    get throws(SystemError) {
      try Files.statusIfPresent(output + "/" + SiteConvention.markerName)?.isRegular == true
    }
  }

  /// Refuses a state from which nothing can be renamed into the web root.
  private func checkFileSystem(of root: DirectoryHandle, _ staging: DirectoryHandle) throws {
    if try root.status().device != staging.status().device {
      throw PublishingError.stateOnOtherFileSystem(state: state, output: output)
    }
  }
}
