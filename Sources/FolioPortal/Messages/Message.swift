import Markup

/// A sentence with places for values: `You have spent {amount}.`
///
/// A class, since pages ask for thousands of sentences and none ever changes.
final class MessagePattern: Sendable {
  /// What a sentence is made of.
  enum Part: Sendable {
    /// As it is written, and as markup.
    case text(String, markup: [UInt8])
    /// A value by its name; emphasis is written `{amount:strong}`.
    case placeholder(String, isStrong: Bool)
  }

  let parts: [Part]

  /// The sentence where it has no placeholder.
  let plain: (text: String, markup: [UInt8])?

  /// The names of its places.
  var placeholders: Set<String> {
    Set(parts.compactMap { if case .placeholder(let name, _) = $0 { name } else { nil } })
  }

  /// Reads a pattern, or gives nil when its braces do not match or hold no name.
  init?(_ source: String) {
    var parts: [Part] = []
    var rest = Array(source.utf8)[...]
    while let open = rest.firstIndex(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }) {
      guard rest[open] == UInt8(ascii: "{"), let close = rest[open...].firstIndex(of: UInt8(ascii: "}")),
        let placeholder = Self.placeholder(rest[(open + 1)..<close])
      else { return nil }
      if open > rest.startIndex { parts.append(Self.text(rest[..<open])) }
      parts.append(placeholder)
      rest = rest[(close + 1)...]
    }
    if !rest.isEmpty { parts.append(Self.text(rest)) }
    self.parts = parts
    plain = Self.plain(parts)
  }

  private static func plain(_ parts: [Part]) -> (text: String, markup: [UInt8])? {
    if parts.isEmpty { return ("", []) }
    guard parts.count == 1, case .text(let text, let markup) = parts[0] else { return nil }
    return (text, markup)
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> Part {
    var markup = ByteBuffer()
    markup.append(bytes: bytes, escaping: .htmlText)
    return .text(String(decoding: bytes, as: UTF8.self), markup: markup.bytes)
  }

  private static func placeholder(_ bytes: ArraySlice<UInt8>) -> Part? {
    let pieces = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard let name = pieces.first, !name.isEmpty, pieces.count <= 2,
      name.allSatisfy(isNameByte)
    else { return nil }
    if pieces.count == 2, !pieces[1].elementsEqual("strong".utf8) { return nil }
    return .placeholder(String(decoding: name, as: UTF8.self), isStrong: pieces.count == 2)
  }
}

private func isNameByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
  default: false
  }
}

/// One message: a sentence, or the sentences for the forms that a count takes.
struct Message: Sendable {
  enum Text: Sendable {
    case sentence(MessagePattern)
    /// In the order of the forms of the language's `PluralRules`.
    case plural([MessagePattern])
  }

  let text: Text
  /// The index of the file among those of its language.
  let file: Int

  /// The names of the places in any of its forms.
  var placeholders: Set<String> {
    switch text {
    case .sentence(let pattern): pattern.placeholders
    case .plural(let forms): forms.reduce(into: []) { $0.formUnion($1.placeholders) }
    }
  }

  var isPlural: Bool { if case .plural = text { true } else { false } }
}
