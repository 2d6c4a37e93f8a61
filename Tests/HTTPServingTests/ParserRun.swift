import FolioTestSupport
import HTTPServing

/// What a parser makes of the bytes of one connection, told so that two runs can be compared.
struct ParserRun: Equatable, CustomStringConvertible {
  private(set) var requests: [String] = []
  private(set) var refusal: RequestRefusal?
  private(set) var isClosed = false

  /// Feeds the bytes in pieces that end at `cuts`, then ends the connection.
  init(_ bytes: [UInt8], cuts: [Int] = [], limits: ServerLimits = ServerLimits()) {
    var parser = RequestParser(limits: limits)
    var start = 0
    for end in cuts + [bytes.count] where end > start {
      parser.append(bytes[start..<end])
      drain(&parser)
      start = end
    }
    refusal = refusal ?? parser.end()
  }

  init(_ text: String, limits: ServerLimits = ServerLimits()) {
    self.init(Array(text.utf8), limits: limits)
  }

  var isValid: Bool { refusal == nil }

  var description: String { "\(requests) \(refusal.map { $0.code } ?? "valid")\(isClosed ? " closed" : "")" }

  private mutating func drain(_ parser: inout RequestParser) {
    while true {
      switch parser.next() {
      case .incomplete: return
      case .closed:
        isClosed = true
        return
      case .refusal(let refusal): self.refusal = refusal
      case .request(let request): requests.append(Self.summary(request))
      }
    }
  }

  static func summary(_ request: Request) -> String {
    let fields = (0..<request.fields.count).map { index in
      let (name, value) = request.fields[index]
      return String(decoding: name, as: UTF8.self) + "=" + String(decoding: value, as: UTF8.self)
    }
    let query = request.target.query.map { "?" + String(decoding: $0, as: UTF8.self) } ?? ""
    return request.method.name + " " + request.target.pathText + query + " " + fields.joined(separator: ";")
      + " [" + String(decoding: request.body, as: UTF8.self) + "]" + (request.isKeptAlive ? "" : " last")
  }

  /// The same bytes whole, byte by byte, and at 20 random cuts.
  static func everyWay(_ bytes: [UInt8], limits: ServerLimits = ServerLimits(), seed: UInt64) -> [ParserRun] {
    var random = SeededGenerator(seed: seed)
    let cuts = (0..<20).map { _ in
      (0..<random.below(6)).map { _ in random.below(bytes.count + 1) }.sorted()
    }
    return [
      ParserRun(bytes, limits: limits), ParserRun(bytes, cuts: Array(0..<bytes.count), limits: limits),
    ] + cuts.map { ParserRun(bytes, cuts: $0, limits: limits) }
  }
}
