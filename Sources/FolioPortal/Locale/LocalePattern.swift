import Markup

/// A text with numbered places: `{amount} {symbol}`, read once and filled often.
struct LocalePattern: Sendable {
  private enum Part: Sendable {
    case text(String)
    case place(Int)
  }

  private let parts: [Part]

  /// Reads a pattern whose places have the names of `places`; nil when one is missing, or another is in it.
  init?(_ source: String, places: [String]) {
    guard let pattern = MessagePattern(source) else { return nil }
    var parts: [Part] = []
    var seen: Set<Int> = []
    for part in pattern.parts {
      if !part.text.isEmpty { parts.append(.text(String(decoding: pattern.text[part.text], as: UTF8.self))) }
      guard let name = part.name.map({ pattern.names[$0] }) else { continue }
      guard !part.isStrong, let index = places.firstIndex(where: { $0.utf8.elementsEqual(name.utf8) }) else {
        return nil
      }
      seen.insert(index)
      parts.append(.place(index))
    }
    guard seen.count == places.count else { return nil }
    self.parts = parts
  }

  /// Appends the text, with what `fill` appends for the number of each place in the order of the places' names.
  func append(into buffer: inout ByteBuffer, _ fill: (_ place: Int, _ buffer: inout ByteBuffer) -> Void) {
    for part in parts {
      switch part {
      case .text(let text): buffer.append(text)
      case .place(let index): fill(index, &buffer)
      }
    }
  }

  /// What stands around the first place where the second one is filled with a text.
  func around(second: String = "") -> LocaleFrame {
    var texts = ["", ""]
    var side = 0
    for part in parts {
      switch part {
      case .text(let text): texts[side] += text
      case .place(0): side = 1
      case .place: texts[side] += second
      }
    }
    return LocaleFrame(before: texts[0], after: texts[1])
  }
}

/// What a language writes around a number: a currency's symbol, a unit, a sign.
struct LocaleFrame: Sendable {
  let before: String
  let after: String
}
