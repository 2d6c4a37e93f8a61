/// A place in the input, and how to read on from there. Each `read…` starts on the first byte of its thing
/// and ends behind its last.
///
/// The input is a parameter throughout, because a struct cannot store a `Span`.
struct JSONCursor {
  let maximumDepth: Int
  var offset = 0
  /// The bytes of a string that has escapes; kept from string to string.
  var unescaped: [UInt8] = []
  private var depth = 0

  init(maximumDepth: Int) {
    self.maximumDepth = maximumDepth
  }

  /// Reads the whole input as one value.
  mutating func readText(_ input: Span<UInt8>) throws(JSONFault) -> JSONValue {
    if input.count >= 3, input[0] == 0xEF, input[1] == 0xBB, input[2] == 0xBF {
      throw JSONFault(.byteOrderMark, at: 0)
    }
    skipWhitespace(input)
    let value = try readValue(input, expected: .value)
    skipWhitespace(input)
    guard offset == input.count else {
      throw .unexpected(in: input, at: offset, expected: .endOfText)
    }
    return value
  }

  mutating func readValue(
    _ input: Span<UInt8>, expected: JSONSyntaxError.Expectation
  ) throws(JSONFault) -> JSONValue {
    guard offset < input.count else { throw .unexpected(in: input, at: offset, expected: expected) }
    switch input[offset] {
    case 0x22: return .string(try readString(input))
    case 0x7B: return .object(try readObject(input))
    case 0x5B: return .array(try readArray(input))
    case 0x2D, 0x30...0x39: return .number(try readNumber(input))
    case 0x74:
      try readLiteral("true", input)
      return .bool(true)
    case 0x66:
      try readLiteral("false", input)
      return .bool(false)
    case 0x6E:
      try readLiteral("null", input)
      return .null
    default: throw .unexpected(in: input, at: offset, expected: expected)
    }
  }

  private mutating func readArray(_ input: Span<UInt8>) throws(JSONFault) -> [JSONValue] {
    try enterContainer()
    var elements: [JSONValue] = []
    skipWhitespace(input)
    if !skip(0x5D, input) {
      elements.append(try readValue(input, expected: .valueOrArrayEnd))
      skipWhitespace(input)
      while !skip(0x5D, input) {
        try read(0x2C, input, expected: .commaOrArrayEnd)
        skipWhitespace(input)
        elements.append(try readElement(input, after: elements[elements.count - 1]))
        skipWhitespace(input)
      }
    }
    depth -= 1
    return elements
  }

  /// Reads an element behind another one: objects of one list have the same names as a rule.
  private mutating func readElement(
    _ input: Span<UInt8>, after last: JSONValue
  ) throws(JSONFault) -> JSONValue {
    guard case .object(let last) = last, offset < input.count, input[offset] == 0x7B else {
      return try readValue(input, expected: .value)
    }
    return .object(try readObject(input, ExpectedNames(of: last.members)))
  }

  private mutating func readObject(
    _ input: Span<UInt8>, _ expectedNames: ExpectedNames = ExpectedNames()
  ) throws(JSONFault) -> JSONObject {
    try enterContainer()
    var members: [(name: String, value: JSONValue)] = []
    var names = (expected: expectedNames, register: NameRegister())
    skipWhitespace(input)
    if !skip(0x7D, input) {
      members.reserveCapacity(Self.usualMemberCount)
      members.append(try readMember(input, expected: .nameOrObjectEnd, after: members, &names))
      while !skip(0x7D, input) {
        try read(0x2C, input, expected: .commaOrObjectEnd)
        skipWhitespace(input)
        members.append(try readMember(input, expected: .name, after: members, &names))
      }
    }
    depth -= 1
    return JSONObject(distinct: members)
  }

  /// For how many members there is room at once: growing one by one would copy the first ones often.
  private static let usualMemberCount = 8

  private typealias Names = (expected: ExpectedNames, register: NameRegister)

  /// Reads `"name": value` and the white space behind it.
  private mutating func readMember(
    _ input: Span<UInt8>, expected: JSONSyntaxError.Expectation,
    after members: [(name: String, value: JSONValue)], _ names: inout Names
  ) throws(JSONFault) -> (name: String, value: JSONValue) {
    guard offset < input.count, input[offset] == 0x22 else {
      throw .unexpected(in: input, at: offset, expected: expected)
    }
    let name = try readName(input, after: members, &names)
    skipWhitespace(input)
    try read(0x3A, input, expected: .colon)
    skipWhitespace(input)
    let value = try readValue(input, expected: .value)
    skipWhitespace(input)
    return (name, value)
  }

  /// Reads a name that no member has yet.
  private mutating func readName(
    _ input: Span<UInt8>, after members: [(name: String, value: JSONValue)], _ names: inout Names
  ) throws(JSONFault) -> String {
    let start = offset
    if let expected = names.expected.next(in: input, at: start + 1) {
      offset += expected.utf8.count + 2
      return expected
    }
    let name = try readString(input)
    guard names.register.admits(name, after: members[...]) else {
      throw JSONFault(.duplicateName, at: start)
    }
    return name
  }

  private mutating func readNumber(_ input: Span<UInt8>) throws(JSONFault) -> JSONNumber {
    let start = offset
    offset = try JSONNumberGrammar.end(of: input, from: start)
    return JSONNumber(scanned: try text(of: input.extracting(start..<offset), at: start))
  }

  private mutating func readLiteral(_ literal: String, _ input: Span<UInt8>) throws(JSONFault) {
    for byte in literal.utf8 {
      try read(byte, input, expected: .literal)
    }
  }

  /// Steps over a bracket that opens, which is known to be here.
  private mutating func enterContainer() throws(JSONFault) {
    guard depth < maximumDepth else { throw JSONFault(.tooDeep(limit: maximumDepth), at: offset) }
    depth += 1
    offset += 1
  }

  mutating func skipWhitespace(_ input: Span<UInt8>) {
    while offset < input.count {
      switch input[offset] {
      case 0x20, 0x0A, 0x0D, 0x09: offset += 1
      default: return
      }
    }
  }

  /// Steps over `byte` if it is here.
  mutating func skip(_ byte: UInt8, _ input: Span<UInt8>) -> Bool {
    guard offset < input.count, input[offset] == byte else { return false }
    offset += 1
    return true
  }

  mutating func read(
    _ byte: UInt8, _ input: Span<UInt8>, expected: JSONSyntaxError.Expectation
  ) throws(JSONFault) {
    guard skip(byte, input) else { throw .unexpected(in: input, at: offset, expected: expected) }
  }
}
