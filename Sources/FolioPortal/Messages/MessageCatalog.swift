import JSON
import Markup
package import Templating

/// All words of a language by dotted keys, `invoice.status.paid`; pages and code hold none.
///
/// A file is an object of texts and of further objects. An object with the key `other` (and perhaps `one`) is
/// one message whose form a count decides.
package struct MessageCatalog: Sendable {
  private let messages: [[UInt8]: Message]
  /// Texts without placeholders as a tree, which templates see as `words`.
  package let words: TemplateValue

  /// Reads and merges files; each message may come from one file only.
  package init(files: [(name: String, bytes: [UInt8])]) throws(MessageError) {
    var reader = MessageReader()
    for file in files { try reader.read(file.bytes, of: file.name) }
    messages = reader.messages
    words = .object(reader.words.templateObject)
  }

  /// Whether there is such a message.
  func contains(_ key: String) -> Bool { messages[Array(key.utf8)] != nil }

  /// The sentence as finished markup: its own text and all values escaped, names from data in `<bdi>`.
  ///
  /// `count` decides the form of a plural.
  ///
  /// - Throws: `MessageError.missing`, `.missingPlaceholder`, `.wrongShape`.
  func sentence(
    _ key: String, count: Int64? = nil, _ values: KeyValuePairs<String, TemplateValue> = [:]
  ) throws(MessageError) -> TemplateValue {
    var buffer = ByteBuffer()
    for part in try pattern(key, count: count).parts {
      switch part {
      case .text(let text): buffer.append(text, escaping: .htmlText)
      case .placeholder(let name, let isStrong):
        if isStrong { buffer.append("<strong>") }
        append(try value(name, of: key, in: values), to: &buffer)
        if isStrong { buffer.append("</strong>") }
      }
    }
    return .markup(buffer.bytes)
  }

  /// The sentence as text for places that are escaped later, such as the title of a chart.
  ///
  /// - Throws: as `sentence`.
  func text(
    _ key: String, count: Int64? = nil, _ values: KeyValuePairs<String, TemplateValue> = [:]
  ) throws(MessageError) -> String {
    var text = ""
    for part in try pattern(key, count: count).parts {
      switch part {
      case .text(let part): text += part
      case .placeholder(let name, _): text += printed(try value(name, of: key, in: values))
      }
    }
    return text
  }

  private func pattern(_ key: String, count: Int64?) throws(MessageError) -> MessagePattern {
    switch (messages[Array(key.utf8)], count) {
    case (nil, _): throw .missing(key: key)
    case (.sentence(let pattern), nil): return pattern
    case (.plural(let one, let other), let count?): return count == 1 ? one ?? other : other
    default: throw .wrongShape(key: key)
    }
  }

  private func value(
    _ name: String, of key: String, in values: KeyValuePairs<String, TemplateValue>
  ) throws(MessageError) -> TemplateValue {
    for (candidate, value) in values where candidate.utf8.elementsEqual(name.utf8) { return value }
    throw .missingPlaceholder(key: key, placeholder: name)
  }

  private func append(_ value: TemplateValue, to buffer: inout ByteBuffer) {
    switch value {
    case .markup(let bytes): buffer.append(bytes: bytes)
    case .text:
      buffer.append("<bdi>")
      buffer.append(printed(value), escaping: .htmlText)
      buffer.append("</bdi>")
    default: buffer.append(printed(value), escaping: .htmlText)
    }
  }

  private func printed(_ value: TemplateValue) -> String {
    switch value {
    case .text(let text): DisplayText.neutralised(text)
    case .integer(let number): String(number)
    case .leaf(let leaf): EnglishPrinter().text(leaf)
    case .markup, .null, .bool, .list, .object: "—"
    }
  }
}
