/// A directory that is staged in full and waits to take the place of the live one.
package struct StagedDirectory: Sendable {
  package let name: String
  package let owner: String
  package let stamp: [UInt8]
  let inode: UInt64
  let newestSecond: Int64
  let group: UInt32?
  /// The manifest as the record keeps it.
  let files: [UInt8]
  /// How large all its files are together.
  let bytes: Int
}

/// How many files of a directory were written, taken over and left behind.
package struct FileCounts: Equatable, Sendable {
  package var written = 0
  package var linked = 0
  package var removed = 0
  /// The bytes of the files that were written.
  package var writtenBytes = 0
  /// The bytes of all files.
  package var bytes = 0

  package init() {}

  package var files: Int { written + linked }

  package static func += (left: inout FileCounts, right: FileCounts) {
    left.written += right.written
    left.linked += right.linked
    left.removed += right.removed
    left.writtenBytes += right.writtenBytes
    left.bytes += right.bytes
  }
}
