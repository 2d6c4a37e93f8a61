package import OperatingSystem

/// A site in the making beside the live one, which it replaces in one step.
///
/// Staging, the lock and whatever else a visitor must not see live in `<output>.state`, on the same file system.
/// One publisher at a time holds the lock; a crash releases it and leaves the live site as it was.
package struct StagedSite: ~Copyable {
  /// The live directory, as an absolute path.
  package let output: String
  /// The directory that is being filled.
  package let staging: DirectoryHandle

  private let place: SitePlace
  private let lock: FileLock

  /// The mode of every published directory: the group of the web server may read, nobody else.
  package static let directoryMode: FileMode = 0o750
  /// The mode of every published file.
  package static let fileMode: FileMode = 0o640
  /// The file that marks a directory as one that a publisher may replace.
  package static let markerName = ".folio"

  /// Takes the lock, mends what a crash has left, and begins with an empty directory.
  ///
  /// - Parameter home: the home directory of whoever publishes, which is never replaced.
  /// - Throws: `PublishingError` when the output must not be replaced or another publisher is at work,
  ///   `SystemError`.
  package init(output path: String, home: String? = nil) throws {
    let place = try SitePlace(path, home: home)
    try place.makeState()
    let lock = try Self.takeLock(place.state + "/lock")
    try place.recover()
    try place.checkContent()
    let staging = try DirectoryHandle.create(place.staging, mode: Self.directoryMode)
    self.init(place: place, staging: staging, lock: lock)
  }

  private init(place: SitePlace, staging: DirectoryHandle, lock: consuming FileLock) {
    self.place = place
    self.staging = staging
    self.lock = lock
    output = place.output
  }

  private static func takeLock(_ path: String) throws -> FileLock {
    do throws(FileLockError) {
      return try FileLock.acquireExclusive(path, waiting: .zero)
    } catch {
      switch error {
      case .busy: throw PublishingError.anotherPublisher(lock: path)
      case .system(let system): throw system
      }
    }
  }

  /// How a site came to be live.
  package struct Outcome: Equatable, Sendable {
    /// Whether the exchange was one step; false where the file system needs two renames.
    package let isOneStep: Bool
    /// Why the old site could not be removed, or nil: the new one is live all the same.
    package let leftover: SystemError?
  }

  /// Puts the staged directory in the place of the live one and removes what was live.
  ///
  /// - Throws: `SystemError` while the live directory is still the old one;
  ///   `PublishingError.publishedButNotSynced` when it is the new one and a power cut may undo that.
  package consuming func publish() throws -> Outcome {
    let marker = Array("A site that folio build replaces.\n".utf8)
    try staging.createFile(Self.markerName, marker, mode: Self.fileMode)
    try staging.syncFileSystem()
    try place.checkContent()
    let isOneStep = try place.exchange()
    do throws(SystemError) {
      try Directories.sync(place.parent)
      try Directories.sync(place.state)
    } catch {
      throw PublishingError.publishedButNotSynced(error)
    }
    do throws(SystemError) {
      try Directories.removeTree(place.staging)
      try Directories.removeTree(place.old)
      return Outcome(isOneStep: isOneStep, leftover: nil)
    } catch {
      return Outcome(isOneStep: isOneStep, leftover: error)
    }
  }

  /// Leaves the live directory as it is and removes what was staged.
  package consuming func discard() throws(SystemError) {
    try Directories.removeTree(place.staging)
  }
}

/// Why a site cannot be published.
package enum PublishingError: Error, Equatable, Sendable {
  /// The root, a home directory, or no name at all.
  case notReplaceable(path: String)
  /// A file or a link stands where the site should.
  case notADirectory(path: String)
  /// The directory holds something that no build has put there.
  case foreignContent(path: String)
  case insideAnotherSite(output: String, site: String)
  /// What stands in the place of the state directory belongs to somebody else, or others can write to it.
  case untrustedState(path: String)
  case anotherPublisher(lock: String)
  /// The new site is live; a power cut may still bring the old one back.
  case publishedButNotSynced(SystemError)
}
