import Glibc

/// The process that is running.
package enum CurrentProcess {
  /// The user on whose behalf the process acts.
  package static var userID: UInt32 { geteuid() }

  /// The group that the process gives to what it makes.
  package static var groupID: UInt32 { getegid() }

  /// Ends the process with a status for whoever started it.
  package static func exit(_ status: Int32) -> Never { Glibc.exit(status) }
}
