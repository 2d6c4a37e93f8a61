import Hashing
package import OperatingSystem

/// One directory in the making: changed files are written, unchanged ones become further names of the live ones.
///
/// Nothing touches the disk before the first change, so that a directory that comes out as it is costs no file. Where
/// the live one's predecessor still lies aside, the new directory is made of that: what neither of the two has
/// otherwise is there already. One thread uses a stage.
package final class DirectoryStage: FileStage {
  /// What became of a directory.
  package enum Outcome: Sendable {
    /// It differs from the live one and is staged.
    case staged(StagedDirectory)
    /// It is the live one, byte for byte.
    case unchanged
  }

  private let place: StagingPlace
  private let live: LiveDirectory?
  private let now: @Sendable () -> Int64
  /// What each written file gets.
  private let attributes: DirectoryHandle.Attributes
  private var folders: [String: DirectoryHandle] = [:]
  /// The folder of the latest file: the next one's is most often the same.
  private var latest: (path: String, folder: DirectoryHandle)?
  private var entries: [FileEntry] = []
  /// Files that are as they were, while nothing has changed yet.
  private var pendingLinks: [FileEntry] = []
  /// Whether the directory is made of one that was live before, of whose files nothing is taken for granted.
  private var isOfFormer = false
  private var counts = FileCounts()

  /// Where a stage makes its directory, and what that is called.
  struct StagingPlace {
    let staging: DirectoryHandle
    /// Where directories lie that were live before, by their names; nil for none.
    let retired: DirectoryHandle?
    let name: String
    let owner: String
    let group: UInt32?
    let hashKey: ContentHashKey
  }

  /// - Parameter now: seconds since the Unix epoch.
  init(_ place: StagingPlace, live: LiveDirectory?, now: @escaping @Sendable () -> Int64) {
    self.place = place
    self.live = live
    self.now = now
    // A reader's copy is told from the new file by second and size (nginx makes ETags of them), so a changed file is
    // at least a whole second younger. The kernel stamps files with the time of its last tick, which lags behind the
    // clock.
    let floor = live.map { $0.newestSecond + 1 }
    let isSecondOver = floor.map { now() > $0 } ?? true
    attributes = DirectoryHandle.Attributes(
      mode: SiteConvention.fileMode, group: place.group, modifiedSeconds: isSecondOver ? nil : floor)
  }

  /// Takes a file of the directory; `path` is relative, of names joined by `/`, and comes once.
  ///
  /// - Throws: `SystemError`.
  package func write(_ bytes: Span<UInt8>, to path: String) throws(SystemError) {
    let entry = FileEntry(
      path: path, byteCount: bytes.count, hash: ContentHash(of: bytes, key: place.hashKey))
    entries.append(entry)
    counts.bytes += bytes.count
    guard let live, live.manifest[path] == entry, try isPublished(entry, in: live) else {
      return try create(path, bytes)
    }
    if folders.isEmpty { pendingLinks.append(entry) } else { try link(entry, from: live) }
  }

  /// Ends the directory.
  ///
  /// - Throws: `SystemError`.
  package func finish(stamp: [UInt8]) throws(SystemError) -> (outcome: Outcome, counts: FileCounts) {
    let outcome = try end(stamp)
    return (outcome, counts)
  }

  package func cancel() {}

  package var timeBeside: Duration { .zero }

  private func end(_ stamp: [UInt8]) throws(SystemError) -> Outcome {
    let marker = SiteConvention.directoryMarker
    try write(marker.span, to: SiteConvention.markerName)
    let manifest = FileManifest(entries)
    if let live {
      counts.removed = live.manifest.entries.count { manifest[$0.path] == nil }
      if folders.isEmpty, counts.removed == 0 {
        counts.linked = entries.count
        return .unchanged
      }
      try linkPending()
    }
    let root = try folder("")
    if isOfFormer { try removeStrangers(keeping: entries) }
    return .staged(
      StagedDirectory(
        name: place.name, owner: place.owner, stamp: stamp, inode: try root.status().inode,
        newestSecond: newestSecond, group: place.group, files: manifest.bytes, bytes: counts.bytes))
  }

  /// The second after whose beginning no file of the directory was changed.
  private var newestSecond: Int64 {
    max(attributes.modifiedSeconds ?? now() + 1, live?.newestSecond ?? 0)
  }

  /// Whether a file is in the live directory as it was published.
  private func isPublished(_ entry: FileEntry, in live: LiveDirectory) throws(SystemError) -> Bool {
    let (folder, name) = splitAtLastSlash(entry.path)
    do throws(SystemError) {
      return try live.folder(folder).status(of: name)?.isPublished(entry) == true
    } catch {
      guard error.isNotFound || error.isSymbolicLink else { throw error }
      return false
    }
  }
}

extension DirectoryStage {
  private func create(_ path: String, _ bytes: Span<UInt8>) throws(SystemError) {
    try linkPending()
    let (folderPath, name) = splitAtLastSlash(path)
    let folder = try self.folder(folderPath)
    if isOfFormer { try folder.removeFile(name) }
    try folder.createFile(name, bytes, attributes)
    counts.written += 1
    counts.writtenBytes += bytes.count
  }

  /// Takes over what has been waiting for a first change.
  private func linkPending() throws(SystemError) {
    let waiting = pendingLinks
    pendingLinks = []
    guard let live else { return }
    for entry in waiting { try link(entry, from: live) }
  }

  /// Gives a live file a second name in the stage.
  private func link(_ entry: FileEntry, from live: LiveDirectory) throws(SystemError) {
    let (folder, name) = splitAtLastSlash(entry.path)
    let (source, target) = try (live.folder(folder), self.folder(folder))
    if isOfFormer, try isSame(entry, name, source, target) {
      counts.linked += 1
      return
    }
    do throws(SystemError) {
      try target.link(from: source, name, to: name)
    } catch {
      guard error.isTooManyLinks else { throw error }
      return try copy(entry, from: source, name)
    }
    // Somebody may have put a symbolic link in its place since it was looked at.
    guard try target.status(of: name)?.isPublished(entry) == true else {
      throw SystemError.changedMeanwhile(path: source.path + "/" + name)
    }
    counts.linked += 1
  }

  /// Whether a directory that was live before has the live file already; where it has another one, that is removed.
  private func isSame(
    _ entry: FileEntry, _ name: String, _ source: DirectoryHandle, _ target: DirectoryHandle
  ) throws(SystemError) -> Bool {
    guard let own = try target.status(of: name) else { return false }
    if own.isPublished(entry), try source.status(of: name)?.inode == own.inode { return true }
    try target.removeFile(name)
    return false
  }

  /// Removes what was in the directory when it was live before, and is not one of these files.
  private func removeStrangers(keeping entries: [FileEntry]) throws(SystemError) {
    var names: [String: Set<String>] = [:]
    for entry in entries {
      var (folder, name) = splitAtLastSlash(entry.path)
      while names[folder, default: []].insert(name).inserted, !folder.isEmpty {
        (folder, name) = splitAtLastSlash(folder)
      }
    }
    for (path, known) in names {
      let folder = try folder(path)
      for (name, _) in try folder.entries() where !known.contains(name) {
        try Directories.removeTree(folder.path + "/" + name)
      }
    }
  }

  /// Writes a live file again, which has as many names as the file system allows.
  private func copy(_ entry: FileEntry, from source: DirectoryHandle, _ name: String) throws(SystemError) {
    let bytes = try source.read(name, bytesLimit: entry.byteCount)
    guard ContentHash(of: bytes, key: place.hashKey) == entry.hash else {
      throw SystemError.changedMeanwhile(path: source.path + "/" + name)
    }
    try create(entry.path, bytes.span)
  }

  private func folder(_ path: String) throws(SystemError) -> DirectoryHandle {
    if let latest, latest.path.hasSameBytes(as: path) { return latest.folder }
    if let known = folders[path] {
      latest = (path, known)
      return known
    }
    if path.isEmpty { isOfFormer = try takeFormer() }
    let (above, name) = path.isEmpty ? ("", stagedName(of: place.name)) : splitAtLastSlash(path)
    let parent = try path.isEmpty ? place.staging : folder(above)
    // A directory that was live before may be of another group.
    let group = place.group ?? (isOfFormer ? CurrentProcess.groupID : nil)
    let made = try parent.subdirectory(name, mode: SiteConvention.directoryMode, group: group)
    folders[path] = made
    return made
  }
}

extension DirectoryStage {
  /// Begins with the directory that was live before the live one, where it lies aside.
  private func takeFormer() throws(SystemError) -> Bool {
    guard let retired = place.retired, try retired.status(of: place.name)?.isDirectory == true else {
      return false
    }
    try retired.rename(place.name, to: place.staging, stagedName(of: place.name))
    return true
  }
}

extension DirectoryHandle {
  /// Whether a file directly in the directory is as it was published.
  func has(_ entry: FileEntry) throws(SystemError) -> Bool {
    try status(of: entry.path)?.isPublished(entry) == true
  }
}

extension FileStatus {
  /// Whether it is of the file that was published.
  func isPublished(_ entry: FileEntry) -> Bool {
    isRegular && size == Int64(entry.byteCount) && mode == SiteConvention.fileMode
  }
}

/// What a directory is called while it is staged; after the exchange, what was live has the name.
func stagedName(of name: String) -> String { "new." + name }

/// The name in the web root of what is staged under a name; nil for what is not staged.
func nameLive(ofStaged name: String) -> String? {
  name.utf8.starts(with: "new.".utf8) ? String(name.dropFirst(4)) : nil
}
