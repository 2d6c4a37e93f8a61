import Markup
import Templating

extension TemplateValue {
  /// A name from data that leads somewhere, as finished markup.
  static func link(_ name: String, to address: String) -> TemplateValue {
    var buffer = ByteBuffer()
    buffer.append(link: name, to: address)
    return .markup(buffer.bytes)
  }

  /// Names from data one after another as finished markup, each apart from the direction of the others.
  static func names(_ names: [String], separator: String) -> TemplateValue {
    var buffer = ByteBuffer()
    for (index, name) in names.enumerated() {
      if index > 0 { buffer.append(separator, escaping: .htmlText) }
      buffer.append(name: name)
    }
    return .markup(buffer.bytes)
  }

  /// Names from data that lead somewhere, one after another.
  static func links(_ links: [(name: String, address: String)], separator: String) -> TemplateValue {
    var buffer = ByteBuffer()
    for (index, link) in links.enumerated() {
      if index > 0 { buffer.append(separator, escaping: .htmlText) }
      buffer.append(link: link.name, to: link.address)
    }
    return .markup(buffer.bytes)
  }

  /// Finished sentences one after another.
  static func sentences(_ sentences: [TemplateValue]) -> TemplateValue {
    .markup(
      Array(
        sentences.map { sentence -> [UInt8] in
          guard case .markup(let bytes) = sentence else { preconditionFailure("a sentence is markup") }
          return bytes
        }.joined(separator: [UInt8(ascii: " ")])))
  }

  /// A longer text of data or configuration as finished markup: harmless, escaped, cut at `longTextLimit`.
  static func longText(_ text: String?) -> TemplateValue {
    guard let text else { return .null }
    var buffer = ByteBuffer()
    buffer.append(DisplayText.neutralised(text, scalarLimit: longTextLimit), escaping: .htmlText)
    return .markup(buffer.bytes)
  }

  /// The longest wording that a page prints, in Unicode scalars.
  private static let longTextLimit = 2_000
}

extension ByteBuffer {
  fileprivate mutating func append(link name: String, to address: String) {
    append("<a href=\"")
    append(address, escaping: .htmlAttribute)
    append("\">")
    append(name: name)
    append("</a>")
  }

  fileprivate mutating func append(name: String) {
    append("<bdi>")
    append(DisplayText.neutralised(name), escaping: .htmlText)
    append("</bdi>")
  }
}
