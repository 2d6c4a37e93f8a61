import Hashing
package import OperatingSystem

/// The SHA-256 of every file of a directory, as `sha256sum -c` reads it (GNU coreutils, "sha2 utilities").
package enum ChecksumList {
  /// Gives each line, with its line feed, to `emit`, in order of the bytes of paths.
  ///
  /// A path that holds a backslash, a line feed or a carriage return is escaped, and its line opens with a backslash.
  ///
  /// - Throws: `SystemError`, with `ELOOP` for a symbolic link and `EINVAL` for anything else that is no file.
  package static func lines(of directory: String, _ emit: ([UInt8]) -> Void) throws(SystemError) {
    try lines(of: DirectoryHandle(opening: Paths.withoutTrailingSlashes(directory)), at: "", emit)
  }

  private static func lines(
    of folder: DirectoryHandle, at prefix: String, _ emit: ([UInt8]) -> Void
  ) throws(SystemError) {
    // A directory sorts as the paths below it do, with its slash.
    var names: [String] = []
    for (name, _) in try folder.entries() {
      let isDirectory = try folder.status(of: name)?.isDirectory == true
      names.append(isDirectory ? name + "/" : name)
    }
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      if name.utf8.last == UInt8(ascii: "/") {
        try lines(of: folder.openDirectory(String(name.dropLast())), at: prefix + name, emit)
      } else {
        emit(line(prefix + name, SHA256.hexadecimal(of: try folder.read(name, bytesLimit: .max))))
      }
    }
  }

  private static func line(_ path: String, _ digest: String) -> [UInt8] {
    var escaped: [UInt8] = []
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): escaped += Array("\\\\".utf8)
      case UInt8(ascii: "\n"): escaped += Array("\\n".utf8)
      case UInt8(ascii: "\r"): escaped += Array("\\r".utf8)
      default: escaped.append(byte)
      }
    }
    let mark = escaped.count == path.utf8.count ? "" : "\\"
    return Array((mark + digest + "  ").utf8) + escaped + [UInt8(ascii: "\n")]
  }
}
