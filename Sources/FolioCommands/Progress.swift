/// A line that says how far the work is: on a terminal one that is rewritten in place, elsewhere one every few seconds.
///
/// Call `finish()` before saying anything.
package struct Progress {
  private let console: Console
  private let interval: Duration
  private let begun: Duration
  private let now: () -> Duration
  private var shownAt: Duration?

  /// Progress by a clock `now` that never goes back, whatever its start.
  package init(
    on console: Console, every interval: Duration = .milliseconds(100),
    elsewhereEvery lineInterval: Duration = .seconds(5), now: @escaping () -> Duration
  ) {
    self.console = console
    self.interval = console.isTerminal ? interval : lineInterval
    self.now = now
    begun = now()
  }

  /// Shows how far the work is; the text is made only when it is time to show it.
  ///
  /// Control characters are shown as escapes, and what does not fit into 79 columns is cut.
  package mutating func show(_ line: @autoclosure () -> String) {
    let instant = now()
    guard console.isTerminal else { return sayLine(line(), at: instant) }
    if let shownAt, instant - shownAt < interval { return }
    shownAt = instant
    console.sayRaw(clearedLine + printable(line(), mostScalars: progressWidth))
  }

  /// Where nothing can be rewritten, work that ends within the first interval says nothing.
  private mutating func sayLine(_ line: @autoclosure () -> String, at instant: Duration) {
    guard instant - (shownAt ?? begun) >= interval else { return }
    shownAt = instant
    console.say(printable(line(), mostScalars: progressWidth))
  }

  /// Takes the line away.
  package mutating func finish() {
    guard shownAt != nil, console.isTerminal else { return }
    shownAt = nil
    console.sayRaw(clearedLine)
  }
}

/// To the first column, and everything behind it cleared (ECMA-48 EL).
private let clearedLine = "\r\u{1B}[K"
/// One less than the narrowest terminal, so that no line wraps.
private let progressWidth = 79
