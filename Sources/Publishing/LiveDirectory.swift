import OperatingSystem

/// A directory that visitors see, from which unchanged files are taken over.
///
/// Whatever is opened below it is opened name by name without following links, so that a link planted in the web root
/// leads nowhere.
final class LiveDirectory {
  let root: DirectoryHandle
  /// Its files as they were recorded; none when what lies there is not what was published last.
  let manifest: FileManifest
  /// The second after whose beginning none of its files was changed.
  let newestSecond: Int64
  private var folders: [String: DirectoryHandle] = [:]

  /// - Parameter recorded: what was published under the name, and its files.
  init(
    _ root: DirectoryHandle, recorded: (directory: PublishedDirectory, manifest: FileManifest)?,
    group: UInt32?
  ) throws(SystemError) {
    self.root = root
    if let recorded, try root.status().inode == recorded.directory.inode {
      manifest = recorded.directory.group == group ? recorded.manifest : FileManifest()
      newestSecond = recorded.directory.newestSecond
    } else {
      manifest = FileManifest()
      newestSecond = try Self.newestSecond(in: root)
    }
  }

  /// The folder at a path below the root.
  ///
  /// - Throws: `ENOENT`, `ELOOP`, `ENOTDIR` where there is no folder.
  func folder(_ path: String) throws(SystemError) -> DirectoryHandle {
    if path.isEmpty { return root }
    if let known = folders[path] { return known }
    let (above, name) = splitAtLastSlash(path)
    let opened = try folder(above).openDirectory(name)
    folders[path] = opened
    return opened
  }

  /// The same of files of which nothing is recorded.
  private static func newestSecond(in folder: DirectoryHandle) throws(SystemError) -> Int64 {
    var newest: Int64 = 0
    for (name, _) in try folder.entries() {
      guard let status = try folder.status(of: name) else { continue }
      if status.isRegular { newest = max(newest, status.modifiedSeconds + 1) }
      if status.isDirectory { newest = try max(newest, newestSecond(in: folder.openDirectory(name))) }
    }
    return newest
  }
}

/// `usage` and `2024-01.html` of `usage/2024-01.html`; nothing and the name of a bare name.
func splitAtLastSlash(_ path: String) -> (folder: String, name: String) {
  let bytes = path.utf8.span
  var start = bytes.count
  while start > 0, bytes[start - 1] != UInt8(ascii: "/") { start -= 1 }
  if start == 0 { return ("", path) }
  return (text(bytes.extracting(..<(start - 1))), text(bytes.extracting(start...)))
}

/// What stands on one side of a slash, which is no part of a character of several bytes.
private func text(_ bytes: Span<UInt8>) -> String {
  do { return String(copying: try UTF8Span(validating: bytes)) } catch {
    preconditionFailure("a part of a text is a text")
  }
}
