/// One line on a terminal that says how far the work is; nothing anywhere else.
///
/// The line is rewritten in place, not more often than every `interval`. Call `finish()` before saying anything.
package struct Progress {
  private let console: Console
  private let interval: Duration
  private let now: () -> Duration
  private var shownAt: Duration?

  /// Progress by a clock `now` that never goes back, whatever its start.
  package init(
    on console: Console, every interval: Duration = .milliseconds(100), now: @escaping () -> Duration
  ) {
    self.console = console
    self.interval = interval
    self.now = now
  }

  /// Shows how far the work is; the text is made only when it is time to show it.
  ///
  /// Control characters are shown as escapes, and what does not fit into 79 columns is cut.
  package mutating func show(_ line: @autoclosure () -> String) {
    guard console.isTerminal else { return }
    let instant = now()
    if let shownAt, instant - shownAt < interval { return }
    shownAt = instant
    console.sayRaw(clearedLine + printable(line(), mostScalars: progressWidth))
  }

  /// Takes the line away.
  package mutating func finish() {
    guard shownAt != nil else { return }
    shownAt = nil
    console.sayRaw(clearedLine)
  }
}

/// To the first column, and everything behind it cleared (ECMA-48 EL).
private let clearedLine = "\r\u{1B}[K"
/// One less than the narrowest terminal, so that no line wraps.
private let progressWidth = 79
