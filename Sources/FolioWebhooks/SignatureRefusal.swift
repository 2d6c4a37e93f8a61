/// Why a request is not believed; nothing of its body has been looked at.
package enum SignatureRefusal: Error, Equatable, Sendable {
  /// A header that the scheme needs, by its name in lower case.
  case missingHeader(String)
  /// An id that is empty, too long, or holds `.` or anything but visible ASCII.
  case malformedID
  /// Anything but 1 to 12 digits.
  case malformedTimestamp
  /// Signed longer ago than the tolerance.
  case tooOld
  /// Signed further ahead than the tolerance.
  case tooNew
  /// No secret of any source makes one of the signatures.
  case noMatchingSignature
  /// The signature is good, and its source may not speak for the customer in the path.
  case customerOutsideScope(source: String)

  /// A short name for metrics and log lines.
  package var code: String {
    switch self {
    case .missingHeader: "missing_header"
    case .malformedID: "malformed_id"
    case .malformedTimestamp: "malformed_timestamp"
    case .tooOld: "too_old"
    case .tooNew: "too_new"
    case .noMatchingSignature: "no_matching_signature"
    case .customerOutsideScope: "customer_outside_scope"
    }
  }
}
