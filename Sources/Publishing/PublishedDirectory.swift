/// A directory of a site as it was last published.
package struct PublishedDirectory: Sendable {
  /// Its name in the web root.
  package let name: String
  /// Whose it is, in the caller's words.
  package let owner: String
  /// What it was made from, in the caller's bytes.
  package let stamp: [UInt8]
  /// The inode of the directory that was published; another one in its place was put there by somebody else.
  package let inode: UInt64
  /// The whole second after whose beginning no file of it was changed.
  let newestSecond: Int64
  /// The group that its files were given; nil for none.
  let group: UInt32?
}
