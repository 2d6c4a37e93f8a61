import Glibc
import OperatingSystem

/// A directory with everything in it, held in memory as the system calls want it.
@safe
struct TreeImage: Sendable {
  // Safety: every name ends with NUL, and pointers to names and contents are used only during the call that gets
  // them.
  private let name: [CChar]
  private let files: [(name: [CChar], bytes: [UInt8])]
  /// The directories in it.
  let folders: [TreeImage]

  /// Reads a directory; anything that is neither a directory nor a plain file is left out.
  init(reading path: String) throws(SystemError) {
    name = Self.terminated(Paths.lastComponent(of: path))
    var (files, folders): ([(name: [CChar], bytes: [UInt8])], [TreeImage]) = ([], [])
    for entry in try Directories.list(path).sorted() {
      let status = try Files.status(path + "/" + entry)
      if status.isDirectory { folders.append(try TreeImage(reading: path + "/" + entry)) }
      if status.isRegular { files.append((Self.terminated(entry), try Files.read(path + "/" + entry))) }
    }
    (self.files, self.folders) = (files, folders)
  }

  var fileCount: Int { folders.reduce(files.count) { $0 + $1.fileCount } }

  var byteCount: Int {
    folders.reduce(files.reduce(0) { $0 + $1.bytes.count }) { $0 + $1.byteCount }
  }

  /// Makes the directory and everything in it: `mkdirat`, `openat`, `write` and `close`, nothing else.
  ///
  /// The caller has set the umask to 0.
  func write(below parent: Int32) {
    let folder = makeFolder(below: parent)
    for child in folders { child.write(below: folder) }
    close(folder)
  }

  /// Makes the directory with its own files and returns its descriptor, which the caller closes.
  func makeFolder(below parent: Int32) -> Int32 {
    check(unsafe mkdirat(parent, name, 0o750))
    let folder = unsafe openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    check(folder)
    for file in files {
      let descriptor = unsafe openat(folder, file.name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
      check(descriptor)
      let written = unsafe Glibc.write(descriptor, file.bytes, file.bytes.count)
      precondition(written == file.bytes.count, "a file was written in part")
      check(close(descriptor))
    }
    return folder
  }

  private func check(_ result: Int32) {
    precondition(result >= 0, "the floor: errno \(errno)")
  }

  private static func terminated(_ text: String) -> [CChar] { text.utf8.map { CChar(bitPattern: $0) } + [0] }
}
