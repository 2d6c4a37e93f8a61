package import OperatingSystem

/// Writes the files of one published directory, making the folders that their paths name.
package final class StagedDirectory {
  private let root: DirectoryHandle
  private var folders: [String: DirectoryHandle] = [:]
  /// How many files were written.
  package private(set) var fileCount = 0
  /// How many bytes they have.
  package private(set) var byteCount = 0

  /// Makes `name` inside `parent`.
  package init(_ name: String, in parent: DirectoryHandle) throws(SystemError) {
    root = try parent.subdirectory(name, mode: StagedSite.directoryMode)
  }

  /// Writes a new file; `path` is relative, of names joined by `/`.
  package func write(_ bytes: [UInt8], to path: String) throws(SystemError) {
    let (folder, name) = try place(of: path)
    try folder.createFile(name, bytes, mode: StagedSite.fileMode)
    fileCount += 1
    byteCount += bytes.count
  }

  private func place(of path: String) throws(SystemError) -> (DirectoryHandle, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (root, path) }
    return (try folder(String(path[..<slash])), String(path[path.utf8.index(after: slash)...]))
  }

  private func folder(_ path: String) throws(SystemError) -> DirectoryHandle {
    if let known = folders[path] { return known }
    let (parent, name) = try place(of: path)
    let folder = try parent.subdirectory(name, mode: StagedSite.directoryMode)
    folders[path] = folder
    return folder
  }

  /// Takes over a directory that is live, file by file, as hard links.
  ///
  /// - Parameter names: files and folders at its top that stay behind.
  package func linkTree(from path: String, leavingOut names: Set<String> = []) throws(SystemError) {
    try link(from: path, into: root, leavingOut: names)
  }

  private func link(
    from path: String, into target: DirectoryHandle, leavingOut names: Set<String>
  ) throws(SystemError) {
    let source = try DirectoryHandle(opening: path)
    for name in try Directories.list(path) where !names.contains(name) {
      let status = try Files.status(path + "/" + name)
      if status.isDirectory {
        let folder = try target.subdirectory(name, mode: StagedSite.directoryMode)
        try link(from: path + "/" + name, into: folder, leavingOut: [])
      } else if status.isRegular {
        try target.link(from: source, name, to: name)
        fileCount += 1
        byteCount += Int(status.size)
      }
    }
  }
}
