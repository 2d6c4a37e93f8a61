import Glibc

/// The process that is running.
package enum CurrentProcess {
  /// Ends the process with a status for whoever started it.
  package static func exit(_ status: Int32) -> Never { Glibc.exit(status) }
}
