import FolioBilling
import JSON

/// A walk through a value for card data, which remembers where it is.
struct CardDataSearch {
  private enum Step {
    case name(String)
    case index(Int)

    var isIndex: Bool { if case .index = self { true } else { false } }
  }

  /// Whether a key `number` of a document names that document, as an invoice's does.
  private let allowsDocumentNumber: Bool
  private var steps: [Step] = []
  private var isKeyOfWhole = false

  init(allowsDocumentNumber: Bool) { self.allowsDocumentNumber = allowsDocumentNumber }

  /// The way to the place of the latest finding, such as `data.lines[3].note`.
  var path: String {
    if isKeyOfWhole { return "(a key)" }
    var path = ""
    for step in steps {
      switch step {
      case .name(let name): path += path.isEmpty ? name : "." + name
      case .index(let index): path += "[\(index)]"
      }
    }
    return path
  }

  /// Whether there is card data in a value.
  ///
  /// - Parameter key: the name under which it stands, or a list around it.
  mutating func finds(in value: JSONValue, under key: String) -> Bool {
    switch value {
    case .object(let object): return finds(in: object)
    case .array(let values):
      for (index, element) in values.enumerated() {
        steps.append(.index(index))
        if finds(in: element, under: key) { return true }
        steps.removeLast()
      }
      return false
    // Whether the key excuses it is asked last: few texts look like a card's number.
    case .string(let text):
      return CardDataScan.holdsCardNumber(text) && !(Self.isExempt(key) && Self.isIdentifier(text))
    case .number(let number): return CardDataScan.holdsCardNumber(number.text) && !Self.isExempt(key)
    case .null, .bool: return false
    }
  }

  private mutating func finds(in object: JSONObject) -> Bool {
    for (name, value) in object.members {
      if isCardKey(name) || CardDataScan.holdsCardNumber(name) {
        isKeyOfWhole = steps.isEmpty
        return true
      }
      steps.append(.name(name))
      if finds(in: value, under: name) { return true }
      steps.removeLast()
    }
    return false
  }

  private func isCardKey(_ name: String) -> Bool {
    guard (3...6).contains(name.utf8.count) else { return false }
    let key = Self.lowercase(name)
    if Self.cardKeys.contains(where: key.elementsEqual) { return true }
    return key.elementsEqual("number".utf8) && !(allowsDocumentNumber && isInDocument)
  }

  /// Whether the object at hand is a document itself, `data` or `data[3]`, and no part of one.
  private var isInDocument: Bool {
    guard case .name(let name)? = steps.first, steps.dropFirst().allSatisfy(\.isIndex) else { return false }
    return name.utf8.starts(with: "data".utf8) && !name.utf8.contains(UInt8(ascii: "."))
  }

  /// Whether a text is spelt as identifiers are, as GLN and DUNS numbers are too: what is not, where one should
  /// stand, is looked at as any other text.
  private static func isIdentifier(_ text: String) -> Bool {
    do throws(IdentifierError) {
      _ = try EventID(text)
      return true
    } catch {
      return false
    }
  }

  private static func lowercase(_ name: String) -> [UInt8] {
    name.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }
  }

  private static let cardKeys = ["cvc", "cvv", "pan", "track"].map { Array($0.utf8) }

  /// Fields whose long digit runs are known to be something else.
  private static let exemptKeys = Set(
    [
      "id", "gln", "duns", "bytes", "payload_size", "total_payload_size", "timestamp", "hour", "created",
      "partners",
    ]
    .map { Array($0.utf8) })
  private static let exemptEndings = ["_id", "_gln", "_duns", "_bytes", "_at"].map { Array($0.utf8) }

  private static func isExempt(_ name: String) -> Bool {
    let key = lowercase(name)
    return exemptKeys.contains(key)
      || exemptEndings.contains { key.count > $0.count && key.suffix($0.count).elementsEqual($0) }
  }
}
