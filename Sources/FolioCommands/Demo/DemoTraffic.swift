import FolioBilling
import FolioStore

/// What a customer of the demo exchanges with its partners, before chance comes in.
struct DemoTraffic {
  let partnerCount: Int
  /// Messages of an ordinary working day.
  let dailyMessages: Int
  /// By how many hours its working day is before that of Central Europe.
  var hoursAhead = 0
  /// ISO weekdays without work.
  var weekend = [6, 7]
  /// How many days it takes to grow by the first day's traffic; nil for none.
  var daysToDouble: Int? = 800
  var roles: [Int: DemoPartnerRole] = [:]
  /// Whether readings say how large messages are.
  var hasSizes = true
  /// Through when its readings have come in.
  var completeThrough = DemoCalendar.asOf
  /// Readings that came late, or were corrected.
  var lateReadings: [DemoLateReading] = []
}

/// How a partner differs from the others.
enum DemoPartnerRole {
  /// Three of a hundred messages fail.
  case failing
  /// Less each month since the day.
  case fading(since: String)
  /// Exchanges messages from the day on.
  case new(from: String)
  /// Exchanges messages until the day on which it is deleted.
  case deleted(on: String)
}

/// A reading that does not come with its day.
struct DemoLateReading {
  let partner: Int
  /// The hour that it counts.
  let hour: String
  let messages: Int64
  /// When it arrives; nil for the end of its hour.
  var arrives: String?

  func event(_ maker: DemoEvents, place: Int) -> ReceivedEvent {
    let counts = UsageCounts(messages: messages, failed: 0, bytes: messages * 21_504)
    let reading = UsageReading(
      partnerID: DemoPartner.id(partner), direction: .inbound, hour: DemoCalendar.instant(hour).hour,
      sizeClass: .small, counts: counts)
    return maker.usage([reading], "reading_\(place + 1)", at: arrives.map(DemoCalendar.instant))
  }
}

extension DemoTraffic {
  /// A partner's part of the messages, in thousandths of the first one's: less the later it comes.
  static func weight(of partner: Int) -> Int { 2_000 / (partner + 2) }

  /// What of its weight a partner has on a day, in per cent.
  func activity(of partner: Int, on day: CalendarDate) -> Int {
    switch roles[partner] {
    case .failing, nil: 100
    case .new(let from): day >= DemoCalendar.day(from) ? 100 : 0
    case .deleted(let on): day < DemoCalendar.day(on) ? 100 : 0
    case .fading(let since):
      max(15, 100 - max(0, day.daysSinceEpoch - DemoCalendar.day(since).daysSinceEpoch) * 2 / 3)
    }
  }

  /// Failed messages in a million.
  func failures(of partner: Int) -> Int {
    if case .failing = roles[partner] { return 30_000 }
    return 300 + partner * 137 % 900
  }
}
