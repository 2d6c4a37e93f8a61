import Hashing
import OperatingSystem

/// What is in a web root, and what is recorded of it.
package final class SiteInventory: Sendable {
  /// What was published, in order of owners, then of names, by their bytes.
  package let published: [PublishedDirectory]
  /// The names in the web root and the numbers of their inodes.
  package let live: [String: UInt64]

  private let place: SitePlace
  /// nil where nothing was ever published.
  private let root: DirectoryHandle?
  private let record: SharedRecord?
  private let group: UInt32?
  let hashKey: ContentHashKey

  /// Looks at a place and changes nothing, not even where nothing was ever published.
  ///
  /// - Throws: `PublishingError`, `SystemError`, `SQLiteError`.
  package convenience init(lookingAt place: SitePlace, group: UInt32?) throws {
    try place.checkContent()
    let hasRoot = try Files.statusIfPresent(place.output) != nil
    let hasRecord = try Files.exists(place.recordPath)
    if hasRecord { try place.checkState() }
    try self.init(
      place, root: hasRoot ? DirectoryHandle(opening: place.output) : nil,
      hasRecord ? SharedRecord(PublishingRecord.openForReading(place.recordPath)) : nil, group: group)
  }

  init(
    _ place: SitePlace, root: DirectoryHandle?, _ record: SharedRecord?, group: UInt32?
  ) throws {
    published = try record?.use { try $0.directories() } ?? []
    // Without a record no content is compared, and any key will do.
    hashKey = record?.hashKey ?? ContentHashKey(bytes: Array(repeating: 0, count: ContentHashKey.byteCount))
    live = Dictionary(try root?.entries().map { ($0.name, $0.inode) } ?? []) { first, _ in first }
    (self.place, self.root, self.record, self.group) = (place, root, record, group)
  }

  /// Whether a recorded directory is missing from the web root, or another one stands in its place.
  package func isDisplaced(_ directory: PublishedDirectory) throws -> Bool {
    guard let inode = live[directory.name] else { return true }
    if inode == directory.inode { return false }
    return try root?.status(of: directory.name)?.inode != directory.inode
  }

  /// Names in the web root that bear a publisher's mark and of which nothing is recorded.
  package func unrecordedNames() throws -> [String] {
    let ours = [SiteConvention.markerName, SiteConvention.sharedFolder].count { live[$0] != nil }
    if live.count == ours + published.count(where: { live[$0.name] != nil }) { return [] }
    let recorded = Set(published.map(\.name))
    var names: [String] = []
    for name in live.keys where !recorded.contains(name) && name != SiteConvention.sharedFolder {
      let marker = place.output + "/" + name + "/" + SiteConvention.markerName
      if try Files.statusIfPresent(marker)?.isRegular == true,
        try root?.status(of: name)?.isDirectory == true
      {
        names.append(name)
      }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether a name in the web root stands for a directory that no publisher has made, and that is not empty.
  ///
  /// Its inode does not tell: that of a removed directory is soon another one's.
  func isForeign(_ name: String) throws -> Bool {
    guard let root, try root.status(of: name)?.isDirectory == true else { return false }
    let directory = try root.openDirectory(name)
    if try directory.status(of: SiteConvention.markerName)?.isRegular == true { return false }
    if try directory.entries().isEmpty { return false }
    // Somebody may have removed the mark alone.
    for entry in try withRecord({ try $0.manifest(of: name) }).entries
    where !entry.path.utf8.contains(UInt8(ascii: "/")) {
      if try directory.has(entry) { return false }
    }
    return true
  }

  /// Whether the web root now has a directory with a publisher's mark whose inode is none of the recorded ones.
  func hasUnrecorded(_ inodes: Set<UInt64>) throws -> Bool {
    for (name, inode) in try root?.entries() ?? [] where !inodes.contains(inode) {
      if name == SiteConvention.sharedFolder || name == SiteConvention.markerName { continue }
      guard let status = try root?.status(of: name), status.isDirectory, !inodes.contains(status.inode) else {
        continue
      }
      if try root?.openDirectory(name).status(of: SiteConvention.markerName) != nil { return true }
    }
    return false
  }

  /// Begins to compare a directory with the live one; nothing is written.
  package func compare(_ name: String) throws -> DirectoryComparison {
    DirectoryComparison(try liveDirectory(name)?.manifest ?? FileManifest(), hashKey)
  }

  /// What a directory to be published takes the place of; nil where there is none.
  ///
  /// - Throws: `PublishingError.foreignContent` where it is not to be replaced.
  func liveDirectory(_ name: String) throws -> LiveDirectory? {
    guard let root, live[name] != nil else { return nil }
    if try isForeign(name) { throw PublishingError.foreignContent(path: root.path + "/" + name) }
    let handle: DirectoryHandle
    do throws(SystemError) {
      handle = try root.openDirectory(name)
    } catch {
      guard error.isNotFound || error.isSymbolicLink else { throw error }
      return nil
    }
    let known = try withRecord { record in
      try record.directory(name).map { (directory: $0, manifest: try record.manifest(of: name)) }
    }
    return try LiveDirectory(handle, recorded: known, group: group)
  }

  func withRecord<Result: Sendable>(_ body: (PublishingRecord) throws -> Result) throws -> Result {
    guard let record else { throw PublishingError.noState(path: place.state) }
    return try record.use(body)
  }
}

/// The files that a directory would have, compared with those that it has.
package final class DirectoryComparison {
  private let live: FileManifest
  private let hashKey: ContentHashKey
  private var found = 0
  private var counts = FileCounts()

  init(_ live: FileManifest, _ hashKey: ContentHashKey) {
    self.live = live
    self.hashKey = hashKey
  }

  /// Takes a file that the directory would have.
  package func write(_ bytes: Span<UInt8>, to path: String) {
    let known = live[path]
    if known != nil { found += 1 }
    counts.bytes += bytes.count
    if known?.byteCount == bytes.count, known?.hash == ContentHash(of: bytes, key: hashKey) {
      counts.linked += 1
    } else {
      counts.written += 1
      counts.writtenBytes += bytes.count
    }
  }

  /// What publishing the directory would do.
  package func finish() -> FileCounts {
    let marker = SiteConvention.directoryMarker
    write(marker.span, to: SiteConvention.markerName)
    counts.removed = live.fileCount - found
    return counts
  }
}
