/// How a delivery in the inbox stands.
package enum DeliveryState: String, Sendable, CaseIterable {
  /// Acknowledged, and not in the store yet.
  case pending
  /// Its event is in the store and had its effect.
  case applied
  /// Its event is in the store and waits for its subject.
  case waiting
  /// The store holds another event of the same identity, which stays.
  case conflict
  /// Invalid by itself or against what is known; it can be replayed.
  case refused
  /// Of a type that this version of the program does not know; it can be replayed.
  case unknown
}
