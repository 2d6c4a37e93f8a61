/// The languages of a portal, of which a page is in one: the first lies at the root, others in folders of their tags.
struct PortalLanguages {
  /// The customer's own first; not empty.
  let all: [MessageCatalog]
  let current: Int

  var messages: MessageCatalog { all[current] }

  /// Before the paths of the current language's pages.
  var prefix: String { prefix(of: current) }

  func prefix(of index: Int) -> String { index == 0 ? "" : all[index].language + "/" }

  /// A site's languages in the order of a customer's portal: the customer's own first, else one that differs from it
  /// in region or script alone, else the site's first.
  static func order(_ languages: [MessageCatalog], for wanted: String?) -> [MessageCatalog] {
    guard let wanted else { return languages }
    let own =
      languages.firstIndex { isEqual($0.language, wanted) }
      ?? languages.firstIndex { isEqual(primary($0.language), primary(wanted)) }
    guard let own, own > 0 else { return languages }
    return [languages[own]] + languages[..<own] + languages[(own + 1)...]
  }

  /// `pt` of `pt-BR`.
  private static func primary(_ tag: String) -> String {
    String(decoding: tag.utf8.prefix { $0 != UInt8(ascii: "-") }, as: UTF8.self)
  }

  /// Language tags know no letter case (RFC 5646 §2.1.1).
  private static func isEqual(_ left: String, _ right: String) -> Bool {
    left.lowercased().utf8.elementsEqual(right.lowercased().utf8)
  }
}
