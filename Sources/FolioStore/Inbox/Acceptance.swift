/// What became of a delivery that was offered to the inbox; all but `full` may be acknowledged.
package struct Acceptance: Equatable, Sendable {
  package enum Outcome: Equatable, Sendable {
    /// It is on disk, in this state.
    case kept(DeliveryState)
    /// The inbox had it already, and it stands like this by now.
    case repeated(DeliveryState)
    /// The inbox has another one of this identity, which stays; this one lies aside.
    case conflict
    /// A limit is reached: nothing was kept, and the sender should try again later.
    case full
  }

  /// As the sender gave it.
  package let id: String
  package let outcome: Outcome
  /// Why it is refused, where it is.
  package let reason: FieldError?
}
