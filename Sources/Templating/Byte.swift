/// The bytes that Mustache gives a meaning.
enum Byte {
  static let newline = UInt8(ascii: "\n")
  static let asterisk = UInt8(ascii: "*")
  static let dot = UInt8(ascii: ".")
  static let equals = UInt8(ascii: "=")
  static let leftBrace = UInt8(ascii: "{")
  static let rightBrace = UInt8(ascii: "}")

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  /// LF, or the CR before one.
  static func isLineEnding(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// Space or tab: what indents a line.
  static func isIndentation(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
