import JSON
import Templating

/// Collects the messages of a language's files.
struct MessageReader {
  /// Those that a message with a count must have.
  let forms: [String]
  /// By the bytes of their dotted keys.
  private(set) var messages: [[UInt8]: Message] = [:]
  private(set) var words = WordTree()

  /// Reads the file with a name, which is one of several.
  mutating func read(_ bytes: [UInt8], of file: String, at index: Int) throws(MessageError) {
    try read(JSONObject(bytes, ofWords: file), under: [], of: file, at: index)
  }

  private mutating func read(
    _ object: JSONObject, under path: [String], of file: String, at index: Int
  ) throws(MessageError) {
    for member in object.members {
      let path = path + [member.name]
      let key = path.joined(separator: ".")
      switch member.value {
      case .string(let text):
        let pattern = try Self.pattern(text, key, file)
        try add(Message(text: .sentence(pattern), file: index), at: path, of: file)
        if let plain = pattern.plain { words.insert(plain.markup, at: path[...]) }
      case .object(let object) where Self.isPlural(object):
        try add(Message(text: .plural(try plural(object, key, file)), file: index), at: path, of: file)
      case .object(let object): try read(object, under: path, of: file, at: index)
      default: throw .notText(file: file, key: key)
      }
    }
  }

  private mutating func add(_ message: Message, at path: [String], of file: String) throws(MessageError) {
    let key = path.joined(separator: ".")
    guard messages.updateValue(message, forKey: Array(key.utf8)) == nil else {
      throw .duplicate(file: file, key: key)
    }
  }

  private static func isPlural(_ object: JSONObject) -> Bool {
    (PluralRules.categories + [PluralRules.other]).contains { name in
      if case .string? = object[name] { true } else { false }
    }
  }

  /// Exactly the forms of the language, in their order.
  private func plural(
    _ object: JSONObject, _ key: String, _ file: String
  ) throws(MessageError) -> [MessagePattern] {
    var patterns: [MessagePattern] = []
    for form in forms {
      guard case .string(let text)? = object[form] else {
        throw .missingForm(file: file, key: key, form: form)
      }
      patterns.append(try Self.pattern(text, "\(key).\(form)", file))
    }
    for member in object.members where !forms.contains(member.name) {
      throw .unknownForm(file: file, key: key, form: member.name, known: forms)
    }
    return patterns
  }

  private static func pattern(_ text: String, _ key: String, _ file: String) throws(MessageError)
    -> MessagePattern
  {
    guard let pattern = MessagePattern(text) else { throw .malformedPlaceholder(file: file, key: key) }
    return pattern
  }
}

extension JSONObject {
  /// The object that a file of words is.
  ///
  /// - Throws: `MessageError.syntax`, `.notText`.
  init(_ bytes: [UInt8], ofWords file: String) throws(MessageError) {
    let value: JSONValue
    do throws(JSONSyntaxError) {
      value = try JSONParser.parse(bytes)
    } catch {
      throw .syntax(file: file, error: error)
    }
    guard case .object(let object) = value else { throw .notText(file: file, key: "") }
    self = object
  }
}

/// Texts under nested names, in order of their appearance, escaped once for all pages.
struct WordTree {
  private var markups: [(name: String, markup: [UInt8])] = []
  private var branches: [(name: String, tree: WordTree)] = []

  mutating func insert(_ markup: [UInt8], at path: ArraySlice<String>) {
    guard let name = path.first else { return }
    if path.count == 1 { return markups.append((name, markup)) }
    let known = branches.lastIndex { isSame($0.name.utf8.span, name.utf8.span) }
    if known == nil { branches.append((name, WordTree())) }
    branches[known ?? branches.count - 1].tree.insert(markup, at: path.dropFirst())
  }

  var templateObject: TemplateObject {
    let leaves = markups.map { (TemplateName($0.name), TemplateValue.markup($0.markup)) }
    let nested = branches.map { (TemplateName($0.name), TemplateValue.object($0.tree.templateObject)) }
    return TemplateObject(leaves + nested)
  }
}
