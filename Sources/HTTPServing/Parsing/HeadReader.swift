/// Reads the head of one request, line by line as they arrive.
struct HeadReader: Sendable {
  private var requestLine: RequestLine?
  private var entries: [HeaderFields.Entry] = []
  private var lineStart = 0
  private var position = 0
  private var hasSkippedEmptyLine = false

  /// Takes a whole head from the input; nil while its end has not arrived.
  mutating func read(
    _ input: inout InputBuffer, _ limits: ServerLimits
  ) throws(RequestRefusal) -> RequestHead? {
    while let line = try nextLine(input, limits) {
      guard let requestLine else {
        try readRequestLine(line, &input)
        continue
      }
      guard line.isEmpty else {
        try addField(line, input, limits)
        continue
      }
      let length = line.upperBound + 2
      let fields = HeaderFields(head: Array(input[0..<length]), entries: entries)
      input.consume(length)
      self = HeadReader()
      return try RequestHead(requestLine, fields, limits)
    }
    return nil
  }

  private mutating func nextLine(
    _ input: InputBuffer, _ limits: ServerLimits
  ) throws(RequestRefusal) -> Range<Int>? {
    let headRest = limits.headBytes - lineStart - 2
    let limit = requestLine == nil ? min(limits.requestLineBytes, headRest) : headRest
    switch try input.line(from: lineStart, at: position, limit: limit) {
    case .found(let line):
      lineStart = line.upperBound + 2
      position = lineStart
      return line
    case .unfinished(let position):
      self.position = position
      return nil
    case .tooLong: throw requestLine == nil ? .requestLineTooLong : .headTooLong
    }
  }

  private mutating func readRequestLine(
    _ line: Range<Int>, _ input: inout InputBuffer
  ) throws(RequestRefusal) {
    if line.isEmpty && !hasSkippedEmptyLine {
      // RFC 9112 §2.2: one empty line before a request is let pass, as some old clients end a body with one.
      input.consume(2)
      self = HeadReader()
      hasSkippedEmptyLine = true
    } else {
      requestLine = try RequestLine(parsing: input[line])
    }
  }

  private mutating func addField(
    _ line: Range<Int>, _ input: InputBuffer, _ limits: ServerLimits
  ) throws(RequestRefusal) {
    let slice = input[line]
    let field = try FieldLine(parsing: slice)
    guard entries.count < limits.fieldCount else { throw .tooManyFields }
    let offset = line.lowerBound - slice.startIndex
    entries.append(
      HeaderFields.Entry(name: field.name.shifted(by: offset), value: field.value.shifted(by: offset)))
  }
}

extension Range<Int> {
  fileprivate func shifted(by offset: Int) -> Range { (lowerBound + offset)..<(upperBound + offset) }
}
