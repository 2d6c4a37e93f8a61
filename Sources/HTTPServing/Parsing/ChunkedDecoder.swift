/// Decodes content in chunks (RFC 9112 §7.1) and lets its trailers go.
struct ChunkedDecoder: Sendable {
  private enum Stage {
    case size
    case data(Int)
    case dataEnd
    case trailer
  }

  /// What is decoded so far.
  private(set) var content: [UInt8] = []
  private var stage = Stage.size
  /// Where to go on looking for the end of a line.
  private var position = 0
  private var trailerBytes = 0
  private var trailerCount = 0

  /// Uses up what has arrived; true once the whole content has.
  mutating func decode(
    _ input: inout InputBuffer, _ limits: ServerLimits
  ) throws(RequestRefusal) -> Bool {
    while true {
      switch stage {
      case .size:
        guard let size = try readSize(&input, limits) else { return false }
        stage = size == 0 ? .trailer : .data(size)
      case .data(let rest):
        let count = min(rest, input.count)
        content += input[0..<count]
        input.consume(count)
        guard count == rest else {
          stage = .data(rest - count)
          return false
        }
        stage = .dataEnd
      case .dataEnd:
        guard try readDataEnd(&input) else { return false }
        stage = .size
      case .trailer:
        guard let isLast = try readTrailer(&input, limits) else { return false }
        if isLast { return true }
      }
    }
  }

  private mutating func readSize(
    _ input: inout InputBuffer, _ limits: ServerLimits
  ) throws(RequestRefusal) -> Int? {
    let limit = Self.sizeDigitsLimit + limits.chunkExtensionBytes
    switch try input.line(from: 0, at: position, limit: limit) {
    case .unfinished(let position):
      self.position = position
      return nil
    case .tooLong: throw .chunkExtensionTooLong
    case .found(let line):
      let size = try Self.size(input[line], limits, rest: limits.bodyBytes - content.count)
      input.consume(line.upperBound + 2)
      position = 0
      return size
    }
  }

  /// More digits than any size has; zeros in front count, too.
  private static let sizeDigitsLimit = 16

  /// `1*HEXDIG`, then nothing or an extension, with white space before its semicolon at most (§7.1.1).
  private static func size(
    _ line: ArraySlice<UInt8>, _ limits: ServerLimits, rest: Int
  ) throws(RequestRefusal) -> Int {
    let digits = line.prefix { Octets.hexadecimalValue($0) != nil }
    let extensions = line[digits.endIndex...]
    guard (1...sizeDigitsLimit).contains(digits.count) else { throw .malformedChunk }
    let firstMark = extensions.first { !Octets.isBlank($0) }
    guard extensions.isEmpty || firstMark == UInt8(ascii: ";") else { throw .malformedChunk }
    guard extensions.count <= limits.chunkExtensionBytes else { throw .chunkExtensionTooLong }
    var size = 0
    for digit in digits.compactMap(Octets.hexadecimalValue) {
      size = size * 16 + Int(digit)
      if size > rest { throw .bodyTooLong }
    }
    return size
  }

  private func readDataEnd(_ input: inout InputBuffer) throws(RequestRefusal) -> Bool {
    guard !input.isEmpty else { return false }
    guard input[0] == Octets.carriageReturn else { throw .malformedChunk }
    guard input.count > 1 else { return false }
    guard input[1] == Octets.lineFeed else { throw .malformedChunk }
    input.consume(2)
    return true
  }

  /// Whether the line that was read is the empty one at the end; nil while it is not whole.
  private mutating func readTrailer(
    _ input: inout InputBuffer, _ limits: ServerLimits
  ) throws(RequestRefusal) -> Bool? {
    switch try input.line(from: 0, at: position, limit: limits.headBytes - trailerBytes - 2) {
    case .unfinished(let position):
      self.position = position
      return nil
    case .tooLong: throw .headTooLong
    case .found(let line):
      if !line.isEmpty { try checkTrailer(input[line], limits) }
      input.consume(line.upperBound + 2)
      position = 0
      trailerBytes += line.count + 2
      return line.isEmpty
    }
  }

  private mutating func checkTrailer(
    _ line: ArraySlice<UInt8>, _ limits: ServerLimits
  ) throws(RequestRefusal) {
    let name = line[try FieldLine(parsing: line).name]
    guard trailerCount < limits.fieldCount else { throw .tooManyFields }
    trailerCount += 1
    for forbidden in ["content-length", "transfer-encoding", "host"]
    where Octets.areEqualFolded(name, forbidden) {
      throw .forbiddenTrailer
    }
  }
}
