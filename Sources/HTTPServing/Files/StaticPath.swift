/// The names that a request's path stands for below a served folder.
struct StaticPath: Equatable {
  /// From the top down, decoded; each is one component, and none opens with a dot.
  let names: [String]
  /// Whether the path ends with a slash, as a folder's does.
  let isFolder: Bool

  /// Decodes a path once, segment by segment, so that an encoded slash never parts two names.
  ///
  /// nil for what no served file can have: an empty segment, `.` and `..` and every other name with a leading dot, an
  /// encoded slash or control character, bytes that are not UTF-8.
  init?(decoding path: [UInt8]) {
    guard path.first == UInt8(ascii: "/") else { return nil }
    var segments = path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    isFolder = segments.last?.isEmpty ?? true
    if isFolder { segments = segments.dropLast() }
    var names: [String] = []
    for segment in segments {
      guard let name = Self.name(segment) else { return nil }
      names.append(name)
    }
    self.names = names
  }

  private static func name(_ segment: ArraySlice<UInt8>) -> String? {
    guard let octets = decoded(segment), let first = octets.first, first != UInt8(ascii: "."),
      !octets.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "/") })
    else { return nil }
    return String(validating: octets, as: UTF8.self)
  }

  private static func decoded(_ segment: ArraySlice<UInt8>) -> [UInt8]? {
    var octets: [UInt8] = []
    var index = segment.startIndex
    while index < segment.endIndex {
      guard segment[index] == UInt8(ascii: "%") else {
        octets.append(segment[index])
        index += 1
        continue
      }
      guard index + 2 < segment.endIndex, let high = Octets.hexadecimalValue(segment[index + 1]),
        let low = Octets.hexadecimalValue(segment[index + 2])
      else { return nil }
      octets.append(high << 4 | low)
      index += 3
    }
    return octets
  }
}
