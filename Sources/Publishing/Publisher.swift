import Hashing
package import OperatingSystem
import Synchronization

/// Publishes the directories of one site: each is staged beside the live ones and takes its place in one step.
///
/// What visitors see of a directory is at any time the old one or the new one, whole, and what is recorded is on the
/// disk. One publisher at a time holds the state's lock; a crash releases it.
package final class Publisher: Sendable {
  package let place: SitePlace
  /// What the site was when this publisher began.
  package let inventory: SiteInventory

  private let options: Options
  private let root: DirectoryHandle
  private let staging: DirectoryHandle
  /// What was live before and lies aside; nil for nothing.
  private let retired: DirectoryHandle?
  private let lock: FileLock
  private let hasOnlySingleSteps = Atomic(true)
  /// The names of published directories that are small enough for what was live before them to stay aside.
  private let small = Mutex<Set<String>>([])

  /// The largest directory of which the one before stays aside, in bytes of its files: of a larger one making the files
  /// takes far longer than the folders.
  private static let formerBytesLimit = 4 << 20

  /// How files are made.
  package struct Options: Sendable {
    /// The group of all files and directories; nil for the process's own.
    package var group: UInt32?
    /// Seconds since the Unix epoch.
    package var now: @Sendable () -> Int64
    /// Of the site; a process that publishes again and again gives the same one each time.
    package var record: RecordKeeper

    package init(
      group: UInt32? = nil, now: @escaping @Sendable () -> Int64, record: RecordKeeper = RecordKeeper()
    ) {
      self.group = group
      self.now = now
      self.record = record
    }
  }

  /// Takes the lock and mends what a crash has left.
  ///
  /// - Throws: `PublishingError` when the web root must not be published to or another publisher is at work,
  ///   `SystemError`, `SQLiteError`.
  package init(_ place: SitePlace, _ options: Options) throws {
    try place.checkContent()
    try place.makeState()
    lock = try Self.takeLock(place.lockPath)
    let root = try place.openRoot()
    let staging = try Self.openStaging(place)
    try place.mark(root, from: staging, group: options.group)
    inventory = try SiteInventory(
      place, root: root, Self.recover(place, root, staging, options.record), group: options.group)
    retired = try Files.statusIfPresent(place.retired) == nil ? nil : DirectoryHandle(opening: place.retired)
    (self.place, self.options, self.root, self.staging) = (place, options, root, staging)
  }

  static func takeLock(_ path: String) throws -> FileLock {
    do throws(FileLockError) {
      return try FileLock.acquireExclusive(path, waiting: .zero)
    } catch {
      switch error {
      case .busy: throw PublishingError.anotherPublisher(lock: path)
      case .system(let system): throw system
      }
    }
  }

  private static func openStaging(_ place: SitePlace) throws(SystemError) -> DirectoryHandle {
    if try Files.statusIfPresent(place.staging) == nil {
      return try DirectoryHandle.create(place.staging, mode: 0o700)
    }
    return try DirectoryHandle(opening: place.staging)
  }

  /// Opens the record, returns to the web root what a crash took out, and empties the staging directory.
  private static func recover(
    _ place: SitePlace, _ root: DirectoryHandle, _ staging: DirectoryHandle, _ keeper: RecordKeeper
  ) throws -> SharedRecord {
    let record = try keeper.open(place.recordPath)
    try putBack(root, staging)
    try empty(place, staging)
    return record
  }

  /// Returns to the web root what was taken aside, and whose successor never came.
  private static func putBack(_ root: DirectoryHandle, _ staging: DirectoryHandle) throws(SystemError) {
    var isChanged = false
    for (name, _) in try staging.entries() {
      guard let live = DirectoryExchange.nameLive(ofAside: name), try root.status(of: live) == nil else {
        continue
      }
      try staging.rename(name, to: root, live)
      isChanged = true
    }
    if isChanged { try root.sync() }
  }

  private static func empty(_ place: SitePlace, _ staging: DirectoryHandle) throws(SystemError) {
    for (name, _) in try staging.entries() { try Directories.removeTree(place.staging + "/" + name) }
  }
}

extension Publisher {
  /// Begins to make a directory, from any thread.
  ///
  /// - Throws: `SystemError`, `SQLiteError`.
  package func stage(_ name: String, owner: String) throws -> DirectoryStage {
    let place = DirectoryStage.StagingPlace(
      staging: staging, retired: retired, name: name, owner: owner, group: options.group,
      hashKey: inventory.hashKey)
    return DirectoryStage(place, live: try inventory.liveDirectory(name), now: options.now)
  }

  /// The same on a thread of its own beside the caller, who makes the files.
  ///
  /// - Parameter elapsed: a clock that never goes back.
  /// - Throws: `SystemError` where there is no thread or descriptor for it.
  package func stageBeside(
    _ name: String, owner: String, elapsed: @escaping @Sendable () -> Duration
  ) throws(SystemError) -> some FileStage {
    try BackgroundStage(elapsed) { try self.stage(name, owner: owner) }
  }

  /// Removes what was staged of a directory that will not be published.
  package func discard(_ name: String) throws(SystemError) {
    try Directories.removeTree(place.staging + "/" + stagedName(of: name))
  }

  /// Makes staged directories live, each in one step, and records them; on the disk when it returns.
  ///
  /// - Parameter shared: the shared files to which their pages point.
  /// - Throws: `SystemError`, `SQLiteError`; then all of them are as they were before.
  package func publish(_ staged: [StagedDirectory], sharing shared: [FileEntry]) throws {
    if staged.isEmpty { return }
    try inventory.withRecord { try $0.forgetInodes(of: staged) }
    try staging.syncFileSystem()
    var exchange = DirectoryExchange(root: root, staging: staging)
    do {
      for directory in staged { try exchange.publish(directory.name) }
      try root.sync()
      try staging.sync()
      try inventory.withRecord { try $0.record(staged, sharing: shared) }
    } catch {
      exchange.undo()
      throw error
    }
    if !exchange.isOneStep { hasOnlySingleSteps.store(false, ordering: .relaxed) }
    let names = staged.filter { $0.bytes <= Self.formerBytesLimit }.map(\.name)
    small.withLock { $0.formUnion(names) }
  }

  /// Records that directories come out as they are from what their new stamps stand for.
  package func restamp(_ directories: [(name: String, stamp: [UInt8])], sharing shared: [FileEntry]) throws {
    try inventory.withRecord { try $0.restamp(directories, sharing: shared) }
  }

  /// Takes directories out of the web root and forgets them; names that are not there, or stand for what nobody has
  /// published, are only forgotten.
  package func withdraw(_ names: [String]) throws {
    if names.isEmpty { return }
    for name in names where try root.status(of: name) != nil && !inventory.isForeign(name) {
      try root.rename(name, to: staging, stagedName(of: name))
    }
    try root.sync()
    try staging.sync()
    try inventory.withRecord { try $0.forget(names) }
  }

  /// Whether each exchange so far was one step; false where the file system needs renames.
  package var isOneStep: Bool { hasOnlySingleSteps.load(ordering: .relaxed) }

  /// Makes sure that the files that all directories share are in the web root, and on the disk.
  ///
  /// - Parameter files: each with the hash of its content in its name.
  /// - Returns: what is to be recorded with the directories that point to them.
  package func land(_ files: [(name: String, bytes: [UInt8])]) throws -> (shared: [FileEntry], written: Int) {
    let folder = try SharedFiles(root: root, staging: staging, group: options.group)
    var (shared, written): ([FileEntry], Int) = ([], 0)
    for (name, bytes) in files {
      if try folder.land(name, bytes) { written += 1 }
      shared.append(
        FileEntry(path: name, byteCount: bytes.count, hash: ContentHash(of: bytes, key: inventory.hashKey)))
    }
    return (shared, written)
  }

  /// Removes shared files to which nothing points any more, of this publisher and of others on the same site.
  ///
  /// None is removed while the web root may have a portal of which nothing is recorded: nobody knows what it points to.
  ///
  /// - Parameter current: those to which pages to come will point.
  /// - Returns: how many were removed.
  package func collectSharedFiles(keeping current: [FileEntry]) throws -> Int {
    let folder = try SharedFiles(root: root, staging: staging, group: options.group)
    func unused() throws -> [String] {
      let used = try recordedByAll { try $0.sharedFilesInUse() }
      return try used.map { try folder.names(but: $0.union(current.map(\.path))) } ?? []
    }
    if try unused().isEmpty { return 0 }
    guard let inodes = try recordedByAll({ try $0.inodes() }) else { return 0 }
    // Asked again after the inodes: what another publisher records in between is in use, too.
    let names = try unused()
    if try names.isEmpty || inventory.hasUnrecorded(inodes) { return 0 }
    try folder.remove(names)
    return names.count
  }

  /// What this publisher and those of other parts have recorded; nil where another one has just begun its record, or has
  /// a damaged one that its next publication makes anew.
  private func recordedByAll<Element: Sendable>(
    _ read: (PublishingRecord) throws -> Set<Element>
  ) throws -> Set<Element>? {
    let own = try inventory.withRecord(read)
    let others = try place.states().filter { $0 != place.state }
    do {
      return try others.reduce(into: own) { all, state in
        all.formUnion(try read(PublishingRecord.openForReading(state + "/" + SitePlace.recordName)))
      }
    } catch {
      return nil
    }
  }

  /// Removes what was staged, and what was live before: the last step, since new files are slow to make beside many
  /// that were just removed.
  ///
  /// A live directory that was taken aside, and could not be replaced, is neither: it goes back, or stays aside.
  package func clear() throws(SystemError) {
    try Self.putBack(root, staging)
    try Self.empty(place, staging)
    try Directories.removeTree(place.retired)
  }

  /// Puts aside what was live before, for a process that publishes again and again: most of a directory's next
  /// successor is in it already. What is large, and what is aside beyond `limit` directories, is removed.
  package func retire(keeping limit: Int) throws(SystemError) {
    try Self.putBack(root, staging)
    let small = small.withLock { $0 }
    for (name, _) in try staging.entries() {
      // What has no successor is gone from the site.
      if let live = nameLive(ofStaged: name), small.contains(live), try root.status(of: live) != nil {
        try retire(name, as: live)
      } else {
        try Directories.removeTree(place.staging + "/" + name)
      }
    }
    guard let retired = try retiredNow() else { return }
    for (name, _) in try retired.entries().dropFirst(limit) {
      try Directories.removeTree(place.retired + "/" + name)
    }
  }

  private func retire(_ staged: String, as live: String) throws(SystemError) {
    if try Files.statusIfPresent(place.retired) == nil { try Directories.create(place.retired, mode: 0o700) }
    try Directories.removeTree(place.retired + "/" + live)
    try Directories.rename(place.staging + "/" + staged, to: place.retired + "/" + live)
  }

  private func retiredNow() throws(SystemError) -> DirectoryHandle? {
    if let retired { return retired }
    return try Files.statusIfPresent(place.retired) == nil ? nil : DirectoryHandle(opening: place.retired)
  }
}
