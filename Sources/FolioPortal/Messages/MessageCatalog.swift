import JSON
import Markup
package import Templating

/// All words of a language by dotted keys, `invoice.status.paid`, and how it writes numbers; code holds no words.
///
/// A file is an object of texts and of further objects. An object of texts under the names of plural forms (`one`,
/// `other`) is one message whose form a count decides.
///
/// A class, because every page and part of a page holds the words, and none ever copies them.
package final class MessageCatalog: Sendable {
  /// BCP 47.
  package let language: String
  package let locale: LocaleTable
  /// Texts without placeholders as a tree, which templates see as `words`.
  package let words: TemplateObject
  /// The page that says how figures are made, in Markdown.
  let help: String
  let files: [(name: String, bytes: [UInt8])]
  let messages: MessageTable

  /// The name of a language's help among its files.
  package static let helpFileName = "help.md"

  /// Reads and merges a language's files, `locale.json` and `help.md` among them; each message may come from one file
  /// only.
  ///
  /// - Throws: `MessageError`.
  package init(language: String, files: [(name: String, bytes: [UInt8])]) throws(MessageError) {
    let file = { (name: String) throws(MessageError) -> (name: String, bytes: [UInt8]) in
      if let file = files.first(where: { Self.ends($0.name, with: name) }) { return file }
      throw .missingFile(language: language, name: name)
    }
    let table = try file(LocaleTable.fileName)
    locale = try LocaleTable(table.bytes, file: table.name)
    help = String(decoding: try file(Self.helpFileName).bytes, as: UTF8.self)
    var reader = MessageReader(forms: locale.plurals.forms)
    for (index, file) in files.enumerated() where Self.isMessages(file.name) {
      try reader.read(file.bytes, of: file.name, at: index)
    }
    self.language = language
    self.files = files
    messages = MessageTable(reader.messages)
    words = reader.words.templateObject
  }

  private static func isMessages(_ name: String) -> Bool {
    !ends(name, with: LocaleTable.fileName) && !ends(name, with: helpFileName)
  }

  private static func ends(_ name: String, with ending: String) -> Bool {
    name.utf8.suffix(ending.utf8.count).elementsEqual(ending.utf8)
  }

  var printer: LocalePrinter { LocalePrinter(locale) }

  /// Whether there is such a message.
  func contains(_ key: String) -> Bool { messages[key] != nil }

  /// The sentence as finished markup: its own text and all values escaped, names from data in `<bdi>`.
  ///
  /// `count` decides the form of a plural.
  ///
  /// - Throws: `MessageError.missing`, `.missingPlaceholder`, `.wrongShape`.
  func sentence(
    _ key: String, count: Int64? = nil, _ values: KeyValuePairs<String, TemplateValue> = [:]
  ) throws(MessageError) -> TemplateValue {
    let pattern = try pattern(key, count: count)
    if let plain = pattern.plain { return .markup(plain.markup) }
    let markup = pattern.markup
    var buffer = ByteBuffer(capacity: 192)
    for part in pattern.parts {
      buffer.append(part.markup, of: markup.span)
      guard let name = part.name else { continue }
      if part.isStrong { buffer.append("<strong>") }
      appendMarkup(try value(pattern.names[name], of: key, in: values), to: &buffer)
      if part.isStrong { buffer.append("</strong>") }
    }
    return .markup(buffer.bytes)
  }

  /// The sentence as text for places that are escaped later, such as the title of a chart.
  ///
  /// - Throws: as `sentence`.
  func text(
    _ key: String, count: Int64? = nil, _ values: KeyValuePairs<String, TemplateValue> = [:]
  ) throws(MessageError) -> String {
    let pattern = try pattern(key, count: count)
    if let plain = pattern.plain { return plain.text }
    let text = pattern.text
    var buffer = ByteBuffer(capacity: 192)
    for part in pattern.parts {
      buffer.append(part.text, of: text.span)
      if let name = part.name { appendText(try value(pattern.names[name], of: key, in: values), to: &buffer) }
    }
    return buffer.text
  }

  private func pattern(_ key: String, count: Int64?) throws(MessageError) -> MessagePattern {
    guard let message = messages[key] else {
      throw .missing(language: language, key: key, near: nearestPlace(to: key))
    }
    switch (message.text, count) {
    case (.sentence(let pattern), nil): return pattern
    // The reader saw to it that each form is there.
    case (.plural(let forms), let count?): return forms[locale.plurals.formIndex(of: count)]
    default: throw .wrongShape(place(of: key, message), key: key)
    }
  }

  private func value(
    _ name: String, of key: String, in values: KeyValuePairs<String, TemplateValue>
  ) throws(MessageError) -> TemplateValue {
    // Of ASCII, which names of places are, Swift compares the bytes.
    for index in values.indices where values[index].key == name { return values[index].value }
    throw .missingPlaceholder(place(of: key, messages[key]), key: key, placeholder: name)
  }

  private func appendMarkup(_ value: TemplateValue, to buffer: inout ByteBuffer) {
    switch value {
    case .markup(let bytes): buffer.append(bytes: bytes)
    case .leaf(let leaf): printer.printMarkup(leaf, into: &buffer)
    case .text(let text):
      buffer.append("<bdi>")
      buffer.append(displayed: text, escaping: .htmlText)
      buffer.append("</bdi>")
    default: appendText(value, to: &buffer)
    }
  }

  private func appendText(_ value: TemplateValue, to buffer: inout ByteBuffer) {
    switch value {
    case .text(let text): buffer.append(DisplayText.neutralised(text))
    case .integer(let number): buffer.append(decimal: number)
    case .leaf(let leaf): printer.printInSentence(leaf, into: &buffer)
    case .markup, .null, .bool, .list, .table, .object: buffer.append("—")
    }
  }
}
