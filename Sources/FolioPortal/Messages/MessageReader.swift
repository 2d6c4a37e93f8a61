import JSON
import Markup
import Templating

/// Collects the messages of files.
struct MessageReader {
  /// By the bytes of their dotted keys.
  private(set) var messages: [[UInt8]: Message] = [:]
  private(set) var words = WordTree()

  mutating func read(_ bytes: [UInt8], of file: String) throws(MessageError) {
    let value: JSONValue
    do throws(JSONSyntaxError) {
      value = try JSONParser.parse(bytes)
    } catch {
      throw .syntax(file: file, error: error)
    }
    guard case .object(let object) = value else { throw .notText(file: file, key: "") }
    try read(object, under: [], of: file)
  }

  private mutating func read(
    _ object: JSONObject, under path: [String], of file: String
  ) throws(MessageError) {
    for member in object.members {
      let path = path + [member.name]
      let key = path.joined(separator: ".")
      switch member.value {
      case .string(let text):
        let pattern = try Self.pattern(text, key, file)
        try add(.sentence(pattern), at: path, of: file)
        if let text = pattern.plainText { words.insert(text, at: path[...]) }
      case .object(let forms) where forms["other"] != nil || forms["one"] != nil:
        try add(Self.plural(forms, key, file), at: path, of: file)
      case .object(let object): try read(object, under: path, of: file)
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

  private static func plural(_ forms: JSONObject, _ key: String, _ file: String) throws(MessageError)
    -> Message
  {
    guard case .string(let other)? = forms["other"] else { throw .missingOther(file: file, key: key) }
    var one: MessagePattern?
    if case .string(let text)? = forms["one"] { one = try pattern(text, key, file) }
    return .plural(one: one, other: try pattern(other, key, file))
  }

  private static func pattern(_ text: String, _ key: String, _ file: String) throws(MessageError)
    -> MessagePattern
  {
    guard let pattern = MessagePattern(text) else { throw .malformedPlaceholder(file: file, key: key) }
    return pattern
  }
}

/// Texts under nested names, in order of their appearance, escaped once for all pages.
struct WordTree {
  private var markups: [(name: String, markup: [UInt8])] = []
  private var branches: [(name: String, tree: WordTree)] = []

  mutating func insert(_ text: String, at path: ArraySlice<String>) {
    guard let name = path.first else { return }
    if path.count == 1 {
      var buffer = ByteBuffer()
      buffer.append(text, escaping: .htmlText)
      return markups.append((name, buffer.bytes))
    }
    let known = branches.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
    if known == nil { branches.append((name, WordTree())) }
    branches[known ?? branches.count - 1].tree.insert(text, at: path.dropFirst())
  }

  var templateObject: TemplateObject {
    let leaves = markups.map { (name: TemplateName($0.name), value: TemplateValue.markup($0.markup)) }
    let nested = branches.map {
      (name: TemplateName($0.name), value: TemplateValue.object($0.tree.templateObject))
    }
    return TemplateObject(leaves + nested)
  }
}
