import FolioCommands
import Synchronization
import Testing

/// Keeps what a console was told.
private final class Heard: Sendable {
  private let words = Mutex<[UInt8]>([])
  private let data = Mutex<[UInt8]>([])

  func console(isTerminal: Bool, _ environment: [String: String] = [:]) -> Console {
    Console(
      words: { bytes in self.words.withLock { $0 += bytes } },
      data: { bytes in self.data.withLock { $0 += bytes } }, isTerminal: isTerminal,
      environment: { environment[$0] })
  }

  var saidText: String { words.withLock { String(decoding: $0, as: UTF8.self) } }
  var dataBytes: [UInt8] { data.withLock(\.self) }
}

@Suite struct ConsoleTests {
  @Test func `words and data go to different places`() {
    let heard = Heard()
    let console = heard.console(isTerminal: false)
    console.say("reading")
    console.put([0, 255])
    console.put("{}")
    #expect(heard.saidText == "reading\n")
    #expect(heard.dataBytes == [0, 255] + Array("{}\n".utf8))
  }

  @Test(arguments: [
    (true, [:], "\u{1B}[1mdone\u{1B}[0m"),
    (true, ["NO_COLOR": ""], "\u{1B}[1mdone\u{1B}[0m"),
    (true, ["NO_COLOR": "0"], "done"),
    (true, ["TERM": "dumb"], "done"),
    (false, [:], "done"),
  ])
  func `words are bold on a terminal that may have it`(
    _ isTerminal: Bool, _ environment: [String: String], _ text: String
  ) {
    #expect(Heard().console(isTerminal: isTerminal, environment).bold("done") == text)
  }
}

@Suite struct ProgressTests {
  /// Shows a line at each instant, in milliseconds.
  private func shown(at instants: [Int], isTerminal: Bool = true, _ line: (Int) -> String) -> String {
    let heard = Heard()
    let instant = Mutex(0)
    var progress = Progress(on: heard.console(isTerminal: isTerminal)) {
      .milliseconds(instant.withLock(\.self))
    }
    for next in instants {
      instant.withLock { $0 = next }
      progress.show(line(next))
    }
    progress.finish()
    progress.finish()
    return heard.saidText
  }

  @Test func `a line is rewritten at most ten times a second, and taken away at the end`() {
    #expect(
      shown(at: [5, 50, 104, 105, 200, 205]) { "\($0)" }
        == "\r\u{1B}[K5\r\u{1B}[K105\r\u{1B}[K205\r\u{1B}[K")
  }

  @Test func `without a terminal nothing is said, and no text is made`() {
    let text = shown(at: [0, 1_000], isTerminal: false) { _ in
      Issue.record("the text is not wanted")
      return ""
    }
    #expect(text == "")
  }

  @Test func `foreign text stays inert and on one line`() {
    #expect(
      shown(at: [0]) { _ in "a\u{1B}[2J\n\u{202E}b" } == "\r\u{1B}[Ka\\u{1B}[2J\\u{A}\\u{202E}b\r\u{1B}[K")
  }

  @Test func `a long line is cut before it wraps`() {
    let text = shown(at: [0]) { _ in String(repeating: "e\u{301}", count: 10_000) }
    #expect(text == "\r\u{1B}[K" + String(repeating: "e\u{301}", count: 39) + "…" + "\r\u{1B}[K")
  }
}
