/// The open connections, each in a slot that is used again after it.
struct ConnectionTable {
  private var slots: [Connection?] = []
  private var freeSlots: [Int] = []
  private var generation: UInt64 = 0

  private(set) var count = 0

  /// Makes a connection for a free slot; its token is new, so that a late event of an earlier one finds nothing.
  mutating func insert(_ make: (_ slot: Int, _ token: UInt64) -> Connection) -> Connection {
    let slot = freeSlots.popLast() ?? slots.count
    if slot == slots.count { slots.append(nil) }
    generation = (generation + 1) & 0xFF_FFFF
    let connection = make(slot, PollToken.connection(slot: slot, generation: generation))
    slots[slot] = connection
    count += 1
    return connection
  }

  mutating func remove(_ connection: Connection) {
    slots[connection.slot] = nil
    freeSlots.append(connection.slot)
    count -= 1
  }

  subscript(slot: Int) -> Connection? { slots.indices.contains(slot) ? slots[slot] : nil }

  /// All connections, in no order that means anything.
  var all: [Connection] { slots.compactMap(\.self) }
}

/// What an event is about, in the 64 bits that the poll keeps for each descriptor.
enum PollToken {
  case connection(slot: Int)
  case listener(Int)
  case watch(Int)

  private static let kindShift: UInt64 = 56

  static func connection(slot: Int, generation: UInt64) -> UInt64 { generation << 32 | UInt64(slot) }
  static func listener(_ index: Int) -> UInt64 { 1 << kindShift | UInt64(index) }
  static func watch(_ index: Int) -> UInt64 { 2 << kindShift | UInt64(index) }

  init(_ token: UInt64) {
    let index = Int(token & 0xFFFF_FFFF)
    switch token >> Self.kindShift {
    case 0: self = .connection(slot: index)
    case 1: self = .listener(index)
    default: self = .watch(index)
    }
  }
}
