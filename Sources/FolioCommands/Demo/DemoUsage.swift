import FolioBilling

/// Makes up usage: working days, month ends, growth, and a partner that fails more than the others.
struct DemoUsage {
  private let company: DemoCompany
  private var random: DemoRandom

  init(_ company: DemoCompany, _ random: DemoRandom) {
    self.company = company
    self.random = random
  }

  /// The id of a partner by its place.
  static func partnerID(_ index: Int) -> PartnerID {
    demoIdentifier("prt_partner_" + demoNumber(index + 1, 3))
  }

  /// The readings of one day, before an instant.
  mutating func readings(on day: CalendarDate, before end: Timestamp, growthDays: Int) -> [UsageReading] {
    var readings: [UsageReading] = []
    for partner in 0..<company.partnerCount {
      let messages = messages(of: partner, on: day, growthDays: growthDays)
      if messages > 0 { readings += self.readings(messages, of: partner, on: day) }
    }
    return readings.filter { $0.hour.end <= end }
  }

  /// Partners get less the later they come, weekends a tenth, the last days of a month a third more.
  private mutating func messages(of partner: Int, on day: CalendarDate, growthDays: Int) -> Int {
    let share = 1_000 / (partner + 2)
    let shares = (0..<company.partnerCount).reduce(0) { $0 + 1_000 / ($1 + 2) }
    var messages = company.dailyMessages * share / shares
    if day.weekday > 5 { messages /= 10 }
    if day.month.dayCount - day.components.day < 3 { messages += messages / 3 }
    messages += messages * growthDays / 1_500
    return messages * random.number(80...120) / 100
  }

  /// Spreads a day's messages over two hours, the later one with the answers.
  private mutating func readings(_ messages: Int, of partner: Int, on day: CalendarDate) -> [UsageReading] {
    let hour = day.start.hour.hoursSinceEpoch + (random.number(0...2) == 0 ? 14 : 9)
    let outbound = messages * random.number(48...58) / 100
    let slots: [(Direction, Int, Int)] = [
      (.outbound, hour, outbound), (.inbound, hour + random.number(0...1), messages - outbound),
    ]
    return slots.filter { $0.2 > 0 }.map { direction, hour, count in
      UsageReading(
        partnerID: Self.partnerID(partner), direction: direction, hour: UsageHour(hoursSinceEpoch: hour),
        sizeClass: [.small, .small, .medium, .large][random.number(0...3)], counts: counts(count, of: partner)
      )
    }
  }

  private mutating func counts(_ messages: Int, of partner: Int) -> UsageCounts {
    let chances = partner == 3 ? 40 : 4
    let failed = (0..<min(messages, 5)).reduce(0) { count, _ in
      count + (random.number(1...1_000) <= chances ? 1 : 0)
    }
    return UsageCounts(
      messages: Int64(messages), failed: Int64(failed),
      bytes: Int64(messages * random.number(60_000...220_000)))
  }
}

/// An identifier of the demo's own making.
func demoIdentifier<Subject>(_ text: String) -> Identifier<Subject> {
  do { return try Identifier(text) } catch { preconditionFailure("the demo's identifiers are valid") }
}

/// A number with leading zeros.
func demoNumber(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
