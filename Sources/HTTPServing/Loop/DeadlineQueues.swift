/// When which connection has had its time: a queue for each kind of deadline.
///
/// All deadlines of a kind are equally far away, so each queue is in order by itself. A connection is known by its
/// slot and has at most one deadline. Every operation is O(1).
struct DeadlineQueues {
  /// What a connection has to be done with in time.
  enum Kind: Int, CaseIterable {
    case idle, head, body, sending, lingering
  }

  private struct Entry {
    var kind: Kind?
    var deadline: Int64 = 0
    var previous: Int?
    var next: Int?
  }

  private let times: [Int64]
  private var entries: [Entry] = []
  private var firsts = [Int?](repeating: nil, count: Kind.allCases.count)
  private var lasts = [Int?](repeating: nil, count: Kind.allCases.count)

  init(_ limits: ServerLimits) {
    times = Kind.allCases.map { kind in
      switch kind {
      case .idle: limits.idleTime.nanoseconds
      case .head: limits.headTime.nanoseconds
      case .body: limits.bodyTime.nanoseconds
      case .sending: limits.stalledSendTime.nanoseconds
      case .lingering: limits.lingerTime.nanoseconds
      }
    }
  }

  /// Gives a slot a new deadline that takes the place of the one it has.
  mutating func start(_ kind: Kind, for slot: Int, now: Int64) {
    clear(slot)
    while entries.count <= slot { entries.append(Entry()) }
    let last = lasts[kind.rawValue]
    let deadline = now.addingReportingOverflow(times[kind.rawValue])
    entries[slot] = Entry(
      kind: kind, deadline: deadline.overflow ? .max : deadline.partialValue, previous: last, next: nil)
    if let last { entries[last].next = slot } else { firsts[kind.rawValue] = slot }
    lasts[kind.rawValue] = slot
  }

  mutating func clear(_ slot: Int) {
    guard slot < entries.count, let kind = entries[slot].kind else { return }
    let (previous, next) = (entries[slot].previous, entries[slot].next)
    if let previous { entries[previous].next = next } else { firsts[kind.rawValue] = next }
    if let next { entries[next].previous = previous } else { lasts[kind.rawValue] = previous }
    entries[slot] = Entry()
  }

  /// A slot whose time is over, which loses its deadline by that; nil when there is none.
  mutating func takeExpired(now: Int64) -> (slot: Int, kind: Kind)? {
    for kind in Kind.allCases {
      if let slot = firsts[kind.rawValue], entries[slot].deadline <= now {
        clear(slot)
        return (slot, kind)
      }
    }
    return nil
  }

  /// The slot that has waited for longest of a kind.
  func oldest(_ kind: Kind) -> Int? { firsts[kind.rawValue] }

  /// The earliest of all deadlines.
  var next: Int64? {
    firsts.compactMap { slot in slot.map { entries[$0].deadline } }.min()
  }
}
