/// What the program tells whoever started it.
package enum ExitStatus: Int32, Hashable, Sendable, CaseIterable {
  case done = 0
  /// Nothing was changed, or nothing that counts.
  case failed = 1
  /// A check ran to its end and found something.
  case problemsFound = 2
  /// All is done except what the report names.
  case partlyDone = 3
  /// The command line was not understood (`EX_USAGE` of sysexits.h).
  case usage = 64
}
