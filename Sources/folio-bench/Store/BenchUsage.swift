import FolioBilling

/// Makes up a customer's readings: one a partner, direction and day, at one of the hours of work.
struct BenchUsage {
  private let partners: Int
  private var random: BenchRandom

  init(customer index: Int, partners: Int) {
    self.partners = partners
    random = BenchRandom(stream: index + 1)
  }

  /// The readings of a day; on Sundays nobody works.
  mutating func readings(on day: CalendarDate) -> [UsageReading] {
    if day.weekday == 7 { return [] }
    return (0..<partners).flatMap { place in
      Direction.allCases.map { reading(of: place, $0, on: day) }
    }
  }

  private mutating func reading(of place: Int, _ direction: Direction, on day: CalendarDate) -> UsageReading {
    let messages = random.number(1...(120 / (place + 2) + 4))
    let (failed, size) = (random.number(0...400) == 0 ? 1 : 0, random.number(6_000...48_000))
    return UsageReading(
      partnerID: StoreShape.partner(place), direction: direction,
      hour: UsageHour(hoursSinceEpoch: day.start.hour.hoursSinceEpoch + 8 + (place + day.weekday) % 10),
      sizeClass: .small,
      counts: UsageCounts(messages: Int64(messages), failed: Int64(failed), bytes: Int64(messages * size)))
  }
}
