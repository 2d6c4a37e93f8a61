import Hashing

/// A stable part of a site's portals, so that several machines share a build.
///
/// A portal belongs to the shard that the name of its folder says, whoever else comes or goes, so that whatever lies in
/// a web root belongs to exactly one.
package struct Shard: Hashable, Sendable {
  /// From 1 on.
  package let number: Int
  package let count: Int

  /// The most shards of a build.
  package static let countLimit = 4_096

  /// nil unless 1 ≤ number ≤ count ≤ `countLimit`.
  package init?(number: Int, of count: Int) {
    guard count >= 1, count <= Self.countLimit, number >= 1, number <= count else { return nil }
    (self.number, self.count) = (number, count)
  }

  /// Reads `2/4`; nil for anything else.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 2, let number = parts[0].wholeNumber, let count = parts[1].wholeNumber else {
      return nil
    }
    self.init(number: number, of: count)
  }

  /// `2-of-4`, as the name of its state has it.
  package var name: String { "\(number)-of-\(count)" }

  /// Whether the portal in a folder of this name is one of the shard.
  func contains(folder name: String) -> Bool {
    let digest = SHA256.hash(Array(name.utf8))
    let value = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return value % UInt64(count) == UInt64(number - 1)
  }
}

extension Substring.UTF8View {
  /// The number that the digits are; nil where anything else stands among them.
  fileprivate var wholeNumber: Int? {
    guard !isEmpty, count <= 9, allSatisfy({ (48...57).contains($0) }) else { return nil }
    return reduce(0) { $0 * 10 + Int($1 - 48) }
  }
}
