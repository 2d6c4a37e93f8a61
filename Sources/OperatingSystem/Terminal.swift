import Glibc

/// The standard streams of this process.
package enum Terminal {
  /// Whether a person may look at this descriptor: 0 input, 1 output, 2 errors.
  package static func isTerminal(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1
  }

  /// The columns of the terminal behind a descriptor, or nil where there is none.
  package static func width(of descriptor: Int32 = STDOUT_FILENO) -> Int? {
    var size = winsize()
    let result = unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size)
    return result == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
  }

  /// Writes data to standard output.
  ///
  /// - Throws: `EPIPE` when the reader has left, after `ignoreBrokenPipes`.
  package static func writeOutput(_ bytes: [UInt8]) throws(SystemError) {
    try writeAll(bytes.span, to: STDOUT_FILENO, path: "standard output")
  }

  /// Writes words to standard error.
  package static func writeError(_ bytes: [UInt8]) throws(SystemError) {
    try writeAll(bytes.span, to: STDERR_FILENO, path: "standard error")
  }

  /// Makes a write to a pipe or socket without a reader an `EPIPE` error rather than the end of the process.
  ///
  /// Call it once at the start; programs that `ChildProcess` runs get the default back.
  package static func ignoreBrokenPipes() {
    _ = signal(SIGPIPE, SIG_IGN)
  }
}
