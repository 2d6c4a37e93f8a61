import Glibc

/// Permission bits as chmod(2) takes them, such as `0o640`.
package typealias FileMode = UInt32

/// What the file system records about one name.
package struct FileStatus: Equatable, Sendable {
  /// What stands behind a name.
  package enum Kind: Equatable, Sendable {
    case regular, directory, symbolicLink
    /// A pipe, a socket or a device.
    case other
  }

  /// What stands behind the name.
  package let kind: Kind
  /// The size in bytes.
  package let size: Int64
  /// The permission bits with set-id and sticky: the low twelve bits.
  package let mode: FileMode
  /// The time of the last change of content, in seconds since the Unix epoch.
  package let modifiedSeconds: Int64
  /// What that time has beyond its whole seconds: 0 to 999,999,999.
  package let modifiedNanoseconds: Int64
  /// The number of the user who owns the file.
  package let ownerID: UInt32
  /// The number of the group of the file.
  package let groupID: UInt32
  /// Equal for two names of one file, together with `device`.
  package let inode: UInt64
  /// The number of the file system, within which `inode` is unique.
  package let device: UInt64
  /// How many names the file has.
  package let linkCount: UInt64

  /// Whether it is a directory, not a link to one.
  package var isDirectory: Bool { kind == .directory }
  /// Whether it is a plain file with content.
  package var isRegular: Bool { kind == .regular }
  /// Whether it is a link itself, wherever it points.
  package var isSymbolicLink: Bool { kind == .symbolicLink }

  init(_ raw: stat) {
    kind =
      switch raw.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      case S_IFLNK: .symbolicLink
      default: .other
      }
    size = Int64(raw.st_size)
    mode = raw.st_mode & 0o7777
    modifiedSeconds = Int64(raw.st_mtim.tv_sec)
    modifiedNanoseconds = Int64(raw.st_mtim.tv_nsec)
    ownerID = raw.st_uid
    groupID = raw.st_gid
    inode = UInt64(raw.st_ino)
    device = UInt64(raw.st_dev)
    linkCount = UInt64(raw.st_nlink)
  }
}
