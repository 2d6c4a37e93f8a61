import Glibc

/// The groups of users that this machine knows.
package enum Groups {
  /// The number of a group: its name is looked up where groups are kept, digits are the number itself.
  ///
  /// - Returns: nil for a name that nobody knows.
  package static func number(of name: String) -> UInt32? {
    if let number = UInt32(name), name.utf8.allSatisfy({ (48...57).contains($0) }) { return number }
    if name.utf8.contains(0) { return nil }
    var (entry, found) = unsafe (group(), UnsafeMutablePointer<group>?.none)
    var buffer = [CChar](repeating: 0, count: entryBytesLimit)
    let result = unsafe buffer.withUnsafeMutableBufferPointer { space in
      unsafe getgrnam_r(name, &entry, space.baseAddress, space.count, &found)
    }
    guard result == 0, unsafe found != nil else { return nil }
    return unsafe entry.gr_gid
  }

  /// The largest entry, its members' names included.
  private static let entryBytesLimit = 1 << 18
}
