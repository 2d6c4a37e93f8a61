/// The colour of a series by the name of its class.
package enum SeriesClass: String, Sendable {
  case s1, s2, s3, s4
  /// What should not be: failures, and what is over a limit.
  case bad
}
