import JSON

/// The fields of `locale.json`, each read once.
struct LocaleFields {
  private let file: String
  private let object: JSONObject
  private var read: [String] = []

  init(_ bytes: [UInt8], file: String) throws(MessageError) {
    self.file = file
    object = try JSONObject(bytes, ofWords: file)
  }

  /// Whether no text among the fields has anything that markup escapes.
  var isPlain: Bool { Self.isPlain(.object(object)) }

  private static func isPlain(_ value: JSONValue) -> Bool {
    switch value {
    case .string(let text): !text.utf8.contains { "\0\"&'<>".utf8.contains($0) }
    case .array(let values): values.allSatisfy(isPlain)
    case .object(let object): object.members.allSatisfy { isPlain(.string($0.name)) && isPlain($0.value) }
    default: true
    }
  }

  func malformed(_ key: String, _ expected: LocaleExpectation) -> MessageError {
    .malformedLocale(file: file, key: key, expected: expected)
  }

  func checkAllRead() throws(MessageError) {
    for member in object.members where !read.contains(member.name) {
      throw .unknownLocaleKey(file: file, key: member.name, known: read)
    }
  }

  mutating func text(_ key: String) throws(MessageError) -> String {
    guard case .string(let text)? = value(key) else { throw malformed(key, .text) }
    return text
  }

  mutating func number(_ key: String, in range: ClosedRange<Int>) throws(MessageError) -> Int {
    guard case .number(let number)? = value(key), let value = Int(number.text), range.contains(value) else {
      throw malformed(key, .number(range))
    }
    return value
  }

  mutating func pattern(_ key: String, _ places: [String]) throws(MessageError) -> LocalePattern {
    guard case .string(let text)? = value(key), let pattern = LocalePattern(text, places: places) else {
      throw malformed(key, .pattern(places))
    }
    return pattern
  }

  mutating func texts(_ key: String, count: Int) throws(MessageError) -> [String] {
    guard case .array(let values)? = value(key) else { throw malformed(key, .texts(count: count)) }
    let texts = values.compactMap { if case .string(let text) = $0 { text } else { nil } }
    guard values.count == count, texts.count == count else { throw malformed(key, .texts(count: count)) }
    return texts
  }

  /// The members of an object of texts, in their order.
  mutating func texts(under key: String) throws(MessageError) -> [(String, String)] {
    guard case .object(let object)? = value(key) else { throw malformed(key, .object) }
    var texts: [(String, String)] = []
    for member in object.members {
      guard case .string(let text) = member.value else { throw malformed("\(key).\(member.name)", .text) }
      texts.append((member.name, text))
    }
    return texts
  }

  private mutating func value(_ key: String) -> JSONValue? {
    read.append(key)
    return object[key]
  }
}

/// What a key of `locale.json` holds.
package enum LocaleExpectation: Equatable, Sendable {
  case text
  case object
  case number(ClosedRange<Int>)
  case oneOf([String])
  /// As many texts as that.
  case texts(count: Int)
  /// A text with each of these places, and no other.
  case pattern([String])
  /// Rules by `zero`, `one`, `two`, `few`, `many`.
  case pluralRules
}
