/// The alignment of table cells: HTML knows no `align` any more.
enum TableAlignment {
  private static let replacements: [(from: [UInt8], to: [UInt8])] = ["th", "td"].flatMap { tag in
    [
      (Array("<\(tag) align=\"left\"".utf8), Array("<\(tag)".utf8)),
      (Array("<\(tag) align=\"center\"".utf8), Array("<\(tag) class=\"mid\"".utf8)),
      (Array("<\(tag) align=\"right\"".utf8), Array("<\(tag) class=\"end\"".utf8)),
    ]
  }

  /// The same markup with the classes `mid` and `end`. Only the renderer writes these tags: in texts `<` and quotes are
  /// escaped.
  ///
  /// - Complexity: O(*n*).
  static func asClasses(_ html: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(html.count)
    var index = 0
    while index < html.count {
      let rest = html[index...]
      if html[index] == UInt8(ascii: "<"),
        let found = replacements.first(where: { rest.starts(with: $0.from) })
      {
        output += found.to
        index += found.from.count
      } else {
        output.append(html[index])
        index += 1
      }
    }
    return output
  }
}
