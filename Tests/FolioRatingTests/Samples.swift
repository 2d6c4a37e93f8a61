import FolioBilling
import FolioRating
import Testing

func currency(_ code: String) throws -> Currency { try #require(Currency(code: code)) }

func dollars(_ text: String) throws -> Money { try Money(text, currency: currency("USD")) }

func price(_ text: String) throws -> UnitPrice {
  UnitPrice(try ExactDecimal(text), currency: try currency("USD"))
}

func instant(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }

func month(_ text: String = "2024-01") throws -> CalendarMonth { try #require(CalendarMonth(text)) }

/// The instant at which a day of January 2024 begins, or an hour of it.
func january(_ day: Int, hour: Int64 = 0, seconds: Int64 = 0) throws -> Timestamp {
  try month().firstDay.adding(days: day - 1).start.adding(seconds: hour * 3_600 + seconds)
}

func plan(
  _ id: String, _ terms: PlanTerms, from: Timestamp = Timestamp(secondsSinceEpoch: 0)
) throws -> PlanVersion {
  PlanVersion(planID: try PlanID(id), name: id, effectiveAt: from, terms: terms)
}

/// Rule R's plan: 299.00 and 0.05 a message.
func basePlusUsage(_ base: String = "299", _ rate: String = "0.05") throws -> PlanTerms {
  PlanTerms(
    model: .basePlusUsage, currency: try currency("USD"), baseFee: try dollars(base),
    messageRate: try price(rate))
}

/// Charges of January 2024 under one plan.
func rate(
  _ terms: PlanTerms, messages: Int64, failed: Int64 = 0, activePartners: Int64 = 0
) throws -> Charges {
  let segment = PlanSegment(period: try month().period, plan: try plan("plan", terms))
  return try rate(
    [segment], total: UsageCounts(messages: messages, failed: failed), activePartners: activePartners)
}

func rate(
  _ segments: [PlanSegment], total: UsageCounts = UsageCounts(), hours: [HourUsage] = [],
  activePartners: Int64 = 0
) throws -> Charges {
  let charges = try Rater.rate(
    SegmentedUsage(segments: segments, total: total, hours: hours), in: month(), currency: currency("USD"),
    activePartners: activePartners)
  #expect(Reconciliation.faults(in: charges) == [])
  return charges
}

func hour(_ instant: Timestamp, _ messages: Int64, failed: Int64 = 0) -> HourUsage {
  HourUsage(hour: instant.hour, counts: UsageCounts(messages: messages, failed: failed))
}

extension Charges {
  /// The amounts of the lines of a kind, as printed.
  func amounts(_ kind: ChargeKind) -> [String] { lines.filter { $0.kind == kind }.map(\.amount.decimalText) }
  /// The quantities of the lines of a kind.
  func quantities(_ kind: ChargeKind) -> [Int64?] { lines.filter { $0.kind == kind }.map(\.quantity) }
}
