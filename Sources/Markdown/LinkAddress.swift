/// Where links of a text may lead.
enum LinkAddress {
  private static let schemes = ["https:", "http:", "mailto:"]

  /// The web and mail; of the operator's own texts also addresses without a scheme, relative to the page.
  static func isAllowed(_ address: String, in origin: MarkdownOrigin) -> Bool {
    let lowered = address.utf8.prefix(8).map { (65...90).contains($0) ? $0 + 32 : $0 }
    if schemes.contains(where: { lowered.starts(with: $0.utf8) }) { return true }
    let hasScheme = address.utf8.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "#") }
      .contains(UInt8(ascii: ":"))
    return origin == .operatorText && !address.isEmpty && !hasScheme
  }
}
