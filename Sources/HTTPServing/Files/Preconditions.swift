/// What a request wants to be true of a file before it is sent (RFC 9110 §13).
struct Preconditions {
  enum Verdict: Equatable {
    case send
    /// The peer has it already: 304.
    case notModified
    /// It is another one than the peer wants: 412.
    case failed
  }

  let tag: EntityTag
  let modifiedSeconds: Int64
  /// For dates with two digits of a year.
  let now: Int64

  /// Goes through the conditions in the order of §13.2.2.
  func verdict(on fields: HeaderFields) -> Verdict {
    let wanted = fields.all("if-match")
    if !wanted.isEmpty {
      guard tag.isNamed(in: wanted, isWeak: false) else { return .failed }
    } else if let date = date(fields, "if-unmodified-since"), modifiedSeconds > date {
      return .failed
    }
    let known = fields.all("if-none-match")
    if !known.isEmpty { return tag.isNamed(in: known, isWeak: true) ? .notModified : .send }
    if let date = date(fields, "if-modified-since"), modifiedSeconds <= date { return .notModified }
    return .send
  }

  private func date(_ fields: HeaderFields, _ name: String) -> Int64? {
    fields.first(name).flatMap { HTTPDate.seconds($0, now: now) }
  }
}
