import Markup

/// A sentence with places for values: `You have spent {amount}.`
///
/// A class, since pages ask for thousands of sentences and none ever changes.
final class MessagePattern: Sendable {
  /// A piece of a sentence: what is written, and the value behind it.
  struct Part: Sendable {
    /// In `text`.
    let text: Range<Int>
    /// The same in `markup`.
    let markup: Range<Int>
    /// The value's name, by its number in `names`; nil where the sentence ends without one.
    let name: Int?
    /// Whether the value has emphasis, which is written `{amount:strong}`.
    let isStrong: Bool
  }

  let parts: [Part]
  /// All that is written between the places, as UTF-8.
  let text: [UInt8]
  /// The same, escaped.
  let markup: [UInt8]
  /// The names of its places, each as often as it has them.
  let names: [String]
  /// The sentence where it has no placeholder.
  let plain: (text: String, markup: [UInt8])?

  /// The names of its places.
  var placeholders: Set<String> { Set(names) }

  /// Reads a pattern, or gives nil when its braces do not match or hold no name.
  init?(_ source: String) {
    var pieces = Pieces()
    var rest = Array(source.utf8)[...]
    while let open = rest.firstIndex(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }) {
      guard rest[open] == UInt8(ascii: "{"), let close = rest[open...].firstIndex(of: UInt8(ascii: "}")),
        let place = Self.place(rest[(open + 1)..<close])
      else { return nil }
      pieces.append(rest[..<open], before: place)
      rest = rest[(close + 1)...]
    }
    pieces.append(rest, before: nil)
    (parts, text, names) = (pieces.parts, pieces.text, pieces.names)
    markup = pieces.markup.bytes
    plain = names.isEmpty ? (source, markup) : nil
  }

  /// A name and whether it is strong.
  private static func place(_ bytes: ArraySlice<UInt8>) -> (name: String, isStrong: Bool)? {
    let pieces = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard let name = pieces.first, !name.isEmpty, pieces.count <= 2,
      name.allSatisfy(isNameByte)
    else { return nil }
    if pieces.count == 2, !pieces[1].elementsEqual("strong".utf8) { return nil }
    return (String(decoding: name, as: UTF8.self), pieces.count == 2)
  }

  /// What a pattern is made of, while it is read.
  private struct Pieces: ~Copyable {
    var parts: [Part] = []
    var text: [UInt8] = []
    var markup = ByteBuffer()
    var names: [String] = []

    mutating func append(_ bytes: ArraySlice<UInt8>, before place: (name: String, isStrong: Bool)?) {
      let (textStart, markupStart) = (text.count, markup.count)
      text += bytes
      markup.append(bytes: bytes, escaping: .htmlText)
      if let place { names.append(place.name) }
      parts.append(
        Part(
          text: textStart..<text.count, markup: markupStart..<markup.count,
          name: place == nil ? nil : names.count - 1, isStrong: place?.isStrong ?? false))
    }
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
