import OperatingSystem

/// The opaque word that changes with a file's content (RFC 9110 §8.8.3).
struct EntityTag: Equatable {
  /// With its quotes.
  let text: String

  /// Made of size, time of change and inode: a file that is replaced in one step has another inode.
  init(_ status: FileStatus) {
    let parts = [
      UInt64(bitPattern: status.size), UInt64(bitPattern: status.modifiedSeconds),
      UInt64(bitPattern: status.modifiedNanoseconds), status.inode,
    ]
    text = "\"" + parts.map { String($0, radix: 16) }.joined(separator: "-") + "\""
  }

  /// Whether a list of tags, or `*`, names this one; `isWeak` lets `W/"…"` count as `"…"` (§8.8.3.2).
  func isNamed(in lists: [ArraySlice<UInt8>], isWeak: Bool) -> Bool {
    lists.contains { list in
      Octets.trimmed(list).elementsEqual("*".utf8)
        || Self.tags(list).contains { $0.octets.elementsEqual(text.utf8) && (isWeak || !$0.isWeak) }
    }
  }

  /// The tags of a list; a tag may hold commas, so quotes part them. What follows a mistake is not read.
  private static func tags(_ list: ArraySlice<UInt8>) -> [(octets: ArraySlice<UInt8>, isWeak: Bool)] {
    var tags: [(ArraySlice<UInt8>, Bool)] = []
    var rest = list
    while true {
      rest = rest.drop { Octets.isBlank($0) || $0 == UInt8(ascii: ",") }
      let isWeak = rest.starts(with: "W/".utf8)
      let tag = isWeak ? rest.dropFirst(2) : rest
      guard tag.first == UInt8(ascii: "\""),
        let end = tag.dropFirst().firstIndex(of: UInt8(ascii: "\""))
      else { return tags }
      tags.append((tag[...end], isWeak))
      rest = tag[(end + 1)...]
    }
  }
}
