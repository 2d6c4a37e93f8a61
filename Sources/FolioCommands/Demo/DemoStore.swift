import FolioBilling
import FolioRating
import FolioSite
import FolioStore
import JSON

/// A store that is made up, believable, and the same each time for the same seed.
struct DemoStore {
  /// The newest fact, at which the demo's configuration pins every build.
  static let asOf: Timestamp = {
    guard let instant = Timestamp("2026-06-16T12:00:00Z") else {
      preconditionFailure("an instant is an instant")
    }
    return instant
  }()

  static let seller = Party(
    name: "AS2aaS Ltd", addressLines: ["1 Integration Square", "London EC1A 1BB"], country: "GB",
    taxIDs: [TaxID(type: "gb_vat", value: "GB123456789")], email: "billing@as2aas.example")

  let seed: Int64
  let customers: [DemoCustomer]

  init(customers count: Int, seed: Int64) {
    self.seed = seed
    customers = (0..<count).map(DemoCustomer.init)
  }

  /// Writes all facts, one transaction a customer.
  func write(to store: BillingStore, progress: (Int) -> Void) throws {
    try apply(DemoPlans.events() + [notice()], to: store)
    let plans = try planVersions()
    let numbers = invoiceNumbers()
    for customer in customers {
      var random = DemoUsage(customer.company, DemoRandom(seed: seed, stream: customer.index))
      var events = try customer.masterData()
      var month = customer.firstMonth
      while month.period.start < Self.asOf {
        let usage = try customer.usage(in: month, before: Self.asOf, &random)
        events += usage.events
        if month.period.end < Self.asOf {
          events += try customer.invoice(
            for: month, number: numbers[customer.index]?[month] ?? "", total: usage.total,
            activePartners: usage.activePartners, plans: plans, seller: Self.seller, asOf: Self.asOf)
        }
        month = month.adding(months: 1)
      }
      events.append(try customer.watermark(Self.asOf))
      try apply(events, to: store)
      progress(customer.index + 1)
    }
  }

  private func apply(_ events: [ReceivedEvent], to store: BillingStore) throws {
    try store.write(receivedAt: Self.asOf, origin: "demo") { log in
      for event in events {
        if case .refused(let error) = try log.apply(event) { throw error }
      }
    }
  }

  private func notice() throws(FieldError) -> ReceivedEvent {
    let from = CalendarDate(daysSinceEpoch: Self.asOf.date.daysSinceEpoch - 3).start
    return try DemoEvents(customer: nil).make(
      .noticePosted, "notice", at: from,
      [
        ("notice_id", text("notice_maintenance")),
        (
          "body",
          text(
            "**Planned maintenance** on Saturday 20 June, 22:00–23:00 UTC. Messages are queued meanwhile and none is lost."
          )
        ), ("from", text(from.text)), ("until", text("2026-06-21T00:00:00Z")),
      ])
  }

  /// The plans as the store will know them, for rating the invoices.
  private func planVersions() throws -> [PlanVersion] {
    let store = try BillingStore()
    try apply(DemoPlans.events(), to: store)
    return try store.reader.plans()
  }

  /// Numbers without a gap in the order in which the invoices are finalised: by month, then by customer.
  private func invoiceNumbers() -> [Int: [CalendarMonth: String]] {
    let format = InvoiceNumberFormat(series: "AS2", separator: "-", width: 3)
    var numbers: [Int: [CalendarMonth: String]] = [:]
    var sequences: [Int: Int64] = [:]
    let months = (0..<24).map { CalendarMonth(ordinal: DemoPlans.definedAt.date.month.ordinal + $0) }
    for month in months where month.period.end < Self.asOf {
      let year = month.adding(months: 1).year
      for customer in customers where customer.firstMonth <= month {
        sequences[year, default: 0] += 1
        numbers[customer.index, default: [:]][month] = format.number(
          year: year, sequence: sequences[year] ?? 0)
      }
    }
    return numbers
  }

  /// The site's configuration: pinned in time, with a key that follows from the seed.
  func configuration() -> SiteConfiguration {
    var configuration = SiteConfiguration()
    configuration.serviceName = "AS2aaS"
    configuration.seller = Self.seller
    configuration.siteKeyFile = nil
    configuration.asOf = Self.asOf
    configuration.demoSeed = seed
    return configuration
  }
}

/// Why a demo cannot be made.
enum DemoError: Error, Equatable {
  /// A store stands there that is no demo.
  case wouldReplaceStore(path: String)
  /// A configuration stands there that is no demo's.
  case wouldReplaceConfiguration(path: String)
}

extension ErrorPresentation {
  static func text(for error: DemoError) -> String {
    switch error {
    case .wouldReplaceConfiguration(let path):
      "\(quoted(path)) is a configuration that no demo made; it stays as it is. Name another folder."
    case .wouldReplaceStore(let path):
      "\(quoted(path)) is a store that no demo made; it stays as it is. Name another folder."
    }
  }
}
