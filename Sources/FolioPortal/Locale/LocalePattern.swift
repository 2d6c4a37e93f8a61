import Markup

/// A text with numbered places: `{amount} {symbol}`, read once and filled often.
struct LocalePattern: Sendable {
  /// A text, and the place behind it; nil where the pattern ends without one.
  private struct Part: Sendable {
    let text: String
    let place: Int?
  }

  private let parts: [Part]

  /// Reads a pattern whose places have the names of `places`; nil when one is missing, or another is in it.
  init?(_ source: String, places: [String]) {
    guard let pattern = MessagePattern(source) else { return nil }
    var parts: [Part] = []
    var seen: Set<Int> = []
    for part in pattern.parts {
      let text = String(decoding: pattern.text[part.text], as: UTF8.self)
      let name = part.name.map { pattern.names[$0] }
      let place = name.flatMap { name in places.firstIndex { $0.utf8.elementsEqual(name.utf8) } }
      if part.isStrong || (name != nil && place == nil) { return nil }
      if let place { seen.insert(place) }
      parts.append(Part(text: text, place: place))
    }
    guard seen.count == places.count else { return nil }
    self.parts = parts
  }

  /// Appends the text, with what `fill` appends for the number of each place in the order of the places' names.
  func append(into buffer: inout ByteBuffer, _ fill: (_ place: Int, _ buffer: inout ByteBuffer) -> Void) {
    for index in parts.indices {
      buffer.append(parts[index].text)
      if let place = parts[index].place { fill(place, &buffer) }
    }
  }

  /// What stands around the first place where the second one is filled with a text.
  func around(second: String = "") -> LocaleFrame {
    var texts = ["", ""]
    var side = 0
    for part in parts {
      texts[side] += part.text
      if part.place == 0 { side = 1 } else if part.place != nil { texts[side] += second }
    }
    return LocaleFrame(before: texts[0], after: texts[1])
  }
}

/// What a language writes around a number: a currency's symbol, a unit, a sign.
struct LocaleFrame: Sendable {
  let before: String
  let after: String
}
