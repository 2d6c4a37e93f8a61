import Synchronization

/// Hands elements from one thread to another, in order, while not too many wait; both ends block.
package final class HandoverQueue<Element: Sendable>: Sendable {
  private struct State {
    var waiting: [Element] = []
    var weight = 0
    var isClosed = false
    var isAbandoned = false
  }

  private let limit: Int
  private let state = Mutex(State())
  private let arrived: EventCounter
  private let taken: EventCounter

  /// - Parameter limit: how much the waiting elements may weigh together, beyond the first.
  /// - Throws: `SystemError` where there are no descriptors for it.
  package init(limit: Int) throws(SystemError) {
    self.limit = limit
    arrived = try EventCounter()
    taken = try EventCounter()
  }

  /// Hands over an element as soon as there is room for it; false where nobody takes any more.
  package func put(_ element: Element, weight: Int) throws(SystemError) -> Bool {
    while true {
      let outcome = state.withLock { state -> (isIn: Bool, isFirst: Bool, isAbandoned: Bool) in
        if state.isAbandoned { return (false, false, true) }
        if !state.waiting.isEmpty, state.weight + weight > limit { return (false, false, false) }
        state.waiting.append(element)
        state.weight += weight
        return (true, state.waiting.count == 1, false)
      }
      if outcome.isFirst { arrived.ring() }
      if outcome.isIn || outcome.isAbandoned { return outcome.isIn }
      _ = try taken.wait(milliseconds: nil)
    }
  }

  /// Says that nothing more will come.
  package func close() {
    state.withLock { $0.isClosed = true }
    arrived.ring()
  }

  /// All elements that wait, in order, as soon as there is one; none after the last.
  package func takeAll() throws(SystemError) -> [Element] {
    while true {
      let (elements, isClosed) = state.withLock { state in
        defer { (state.waiting, state.weight) = ([], 0) }
        return (state.waiting, state.isClosed)
      }
      if !elements.isEmpty { taken.ring() }
      if !elements.isEmpty || isClosed { return elements }
      _ = try arrived.wait(milliseconds: nil)
    }
  }

  /// Says that nothing more will be taken.
  package func abandon() {
    state.withLock { $0.isAbandoned = true }
    taken.ring()
  }
}
