/// Where a command speaks: words for people go to one place, data for machines to the other.
package struct Console: Sendable {
  /// Takes bytes to their place, whole and in order.
  package typealias Sink = @Sendable ([UInt8]) -> Void

  private let wordsSink: Sink
  private let dataSink: Sink
  /// Whether words go to a terminal that can rewrite its last line.
  package let isTerminal: Bool
  /// Whether words may be bold.
  package let hasStyles: Bool

  /// A console over standard error (`words`, a terminal or not) and standard output (`data`).
  ///
  /// `environment` looks a variable up: a `NO_COLOR` that is not empty keeps words plain (no-color.org), and
  /// `TERM=dumb` says that the terminal only prints.
  package init(
    words: @escaping Sink, data: @escaping Sink, isTerminal: Bool, environment: (String) -> String?
  ) {
    wordsSink = words
    dataSink = data
    self.isTerminal = isTerminal && environment("TERM") != "dumb"
    hasStyles = self.isTerminal && environment("NO_COLOR")?.isEmpty ?? true
  }

  /// Says a line to the person.
  package func say(_ line: String) { wordsSink(Array(line.utf8) + [UInt8(ascii: "\n")]) }

  /// Says lines to whoever keeps them: whole, each with its end.
  func say(lines: [UInt8]) { wordsSink(lines) }

  /// Hands bytes to the reader of the results, as they are.
  package func put(_ bytes: [UInt8]) { dataSink(bytes) }

  /// Hands a line to the reader of the results.
  package func put(_ line: String) { dataSink(Array(line.utf8) + [UInt8(ascii: "\n")]) }

  /// A text that stands out among words, where that is wanted.
  package func bold(_ text: String) -> String { hasStyles ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  /// Sends words as they are: no line feed, control sequences allowed.
  func sayRaw(_ text: String) { wordsSink(Array(text.utf8)) }
}
