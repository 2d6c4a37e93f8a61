import FolioBilling

/// Makes up a customer's readings day by day.
struct DemoUsage {
  private let traffic: DemoTraffic
  private let served: BillingPeriod
  /// The sum of all partners' weights.
  private let weights: Int
  private let grain: DemoGrain
  private var random: DemoRandom

  /// - Parameter since: when the customer begins.
  init(_ traffic: DemoTraffic, since: Timestamp, _ grain: DemoGrain, _ random: DemoRandom) {
    self.traffic = traffic
    served = BillingPeriod(start: since, end: traffic.completeThrough)
    weights = (0..<traffic.partnerCount).reduce(0) { $0 + DemoTraffic.weight(of: $1) }
    self.grain = grain
    self.random = random
  }

  /// The readings of a day, no two of one slot.
  mutating func readings(on day: CalendarDate) -> [UsageReading] {
    if day < served.start.date || day.start >= served.end { return [] }
    let activity = DemoSeason.activity(on: day, weekend: traffic.weekend) * growth(by: day)
    var readings: [UsageReading] = []
    for partner in 0..<traffic.partnerCount {
      let messages = messages(of: partner, on: day, activity)
      if messages > 0 { readings += self.readings(messages, of: partner, on: day) }
    }
    return readings.filter { served.start <= $0.hour.start && $0.hour.end <= served.end }
  }

  /// How much more a day has than the first one, in per mille of that.
  private func growth(by day: CalendarDate) -> Int {
    guard let days = traffic.daysToDouble else { return 1_000 }
    return 1_000 + (day.daysSinceEpoch - served.start.date.daysSinceEpoch) * 1_000 / days
  }

  /// - Parameter activity: of the day, in hundred thousandths.
  private mutating func messages(of partner: Int, on day: CalendarDate, _ activity: Int) -> Int {
    let share =
      traffic.dailyMessages * DemoTraffic.weight(of: partner) * traffic.activity(of: partner, on: day)
    return rounded(share / 100 * activity / weights * random.number(75...125), unit: 10_000_000)
  }

  /// A number of units, where chance decides on the rest: one of three and a third is three or four.
  private mutating func rounded(_ number: Int, unit: Int) -> Int {
    number / unit + (random.number(1...unit) <= number % unit ? 1 : 0)
  }

  /// Spreads a partner's messages over hours, directions and sizes; the more there are, the finer.
  private mutating func readings(_ messages: Int, of partner: Int, on day: CalendarDate) -> [UsageReading] {
    let parts = grain.readings(of: messages)
    var counts: [DemoSlot: UsageCounts] = [:]
    for part in 0..<parts {
      let share = messages * (part + 1) / parts - messages * part / parts
      let slot = slot(of: partner, on: day)
      let more = self.counts(share, of: partner, slot.sizeClass)
      counts[slot, default: UsageCounts()].messages += more.messages
      counts[slot, default: UsageCounts()].failed += more.failed
      counts[slot, default: UsageCounts()].bytes += more.bytes
    }
    return counts.map { slot, counts in
      UsageReading(
        partnerID: DemoPartner.id(partner), direction: slot.direction, hour: slot.hour,
        sizeClass: slot.sizeClass, counts: counts)
    }
  }

  private mutating func slot(of partner: Int, on day: CalendarDate) -> DemoSlot {
    let hour = (DemoSeason.hour(random.number(0...99)) - traffic.hoursAhead + 24) % 24
    return DemoSlot(
      hour: UsageHour(hoursSinceEpoch: day.start.hour.hoursSinceEpoch + hour),
      direction: random.number(0...99) < 54 ? .outbound : .inbound,
      sizeClass: traffic.hasSizes ? DemoSizes.pick(random.number(0...99), of: partner) : .unknown)
  }

  private mutating func counts(_ messages: Int, of partner: Int, _ size: SizeClass) -> UsageCounts {
    let failed = rounded(messages * traffic.failures(of: partner), unit: 1_000_000)
    let bytes = messages * random.number(DemoSizes.meanBytes(of: size))
    return UsageCounts(
      messages: Int64(messages), failed: Int64(min(failed, messages)), bytes: Int64(bytes))
  }
}

/// Into how many readings a partner's day falls; the more there are, the longer a store takes to make.
enum DemoGrain {
  case fine
  /// For the many that only make up numbers.
  case coarse

  func readings(of messages: Int) -> Int {
    let marks = self == .fine ? [8, 24, 80, 200, 600] : [20, 200]
    return 1 + marks.count { $0 <= messages }
  }
}

/// An hour, a direction and a size class.
private struct DemoSlot: Hashable {
  let hour: UsageHour
  let direction: Direction
  let sizeClass: SizeClass
}

/// How large messages are.
enum DemoSizes {
  /// The class of a message by a number from 0 to 99; every fifth partner sends drawings.
  static func pick(_ number: Int, of partner: Int) -> SizeClass {
    let (small, medium) = partner % 5 == 2 ? (12, 45) : (70, 96)
    return number < small ? .small : number < medium ? .medium : .large
  }

  /// What the messages of a reading have on average.
  static func meanBytes(of size: SizeClass) -> ClosedRange<Int> {
    switch size {
    case .small: 6_000...48_000
    case .medium: 90_000...620_000
    case .large: 1_300_000...4_800_000
    case .unknown: 60_000...220_000
    }
  }
}
