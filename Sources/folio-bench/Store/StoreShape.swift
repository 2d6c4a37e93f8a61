import FolioBilling

/// How much a store of the benchmark holds; the same shape gives the same facts.
struct StoreShape: Hashable {
  let customers: Int
  /// Partners of each customer.
  let partners: Int
  /// Months with usage, of which all but the last are closed and invoiced.
  let months: Int

  /// The newest instant in every store, at which its configuration pins builds.
  static let asOf = Timestamp(secondsSinceEpoch: 1_781_611_200)

  /// Raised whenever the same shape gives other facts, so that no store that was kept is taken for a new one.
  private static let recipe = 1

  /// `store-1-1000x12x13`: what the shape's folder is called.
  var name: String { "store-\(Self.recipe)-\(customers)x\(partners)x\(months)" }

  var firstMonth: CalendarMonth { Self.asOf.date.month.adding(months: 1 - months) }

  var allMonths: [CalendarMonth] {
    (firstMonth.ordinal...Self.asOf.date.month.ordinal).map(CalendarMonth.init(ordinal:))
  }

  var closedMonths: ArraySlice<CalendarMonth> { allMonths.dropLast() }

  /// The id of a customer by its place.
  static func customer(_ index: Int) -> CustomerID {
    benchIdentifier("cus_bench_" + paddedNumber(index + 1, 5))
  }

  /// The id of a customer's partner by its place.
  static func partner(_ place: Int) -> PartnerID {
    benchIdentifier("prt_bench_" + paddedNumber(place + 1, 3))
  }
}

/// An identifier of the benchmark's own making.
func benchIdentifier<Subject>(_ text: String) -> Identifier<Subject> {
  do { return try Identifier(text) } catch { preconditionFailure("the benchmark's identifiers are valid") }
}

/// A number with leading zeros.
func paddedNumber(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
