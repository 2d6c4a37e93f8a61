import FolioBilling
import FolioInvoicing
import FolioSite
import FolioStore

/// A store that is made up, believable, and the same each time for the same seed.
struct DemoStore {
  static let seller = Party(
    name: "AS2aaS Ltd", addressLines: ["1 Integration Square", "London EC1A 1BB"], country: "GB",
    taxIDs: [TaxID(type: "gb_vat", value: "GB123456789")], email: "billing@as2aas.example")

  let seed: Int64
  let customers: [DemoCustomer]
  /// Those of the site, its first one first.
  let languages: [String]

  init(customers count: Int, seed: Int64, languages: [String]) {
    self.seed = seed
    self.languages = languages
    customers = (0..<count).map(DemoCustomer.init)
  }

  /// Writes all facts as they came about: month by month, each with its invoices and what became of them.
  ///
  /// - Parameter progress: gets how many of how many months are written.
  func write(to store: BillingStore, progress: (_ done: Int, _ of: Int) -> Void) throws {
    let site = DemoEvents(customer: nil)
    try store.take(DemoPlans.events() + [DemoNotice.maintenance.event(site)])
    let invoicing = DemoInvoicing(store: store, settings: settings)
    var accounts: [DemoAccount] = []
    for customer in customers { accounts.append(try DemoAccount(customer, seed: seed)) }
    let months = DemoCalendar.firstMonth.ordinal...DemoCalendar.asOf.date.month.ordinal
    for (done, month) in months.lazy.map(CalendarMonth.init(ordinal:)).enumerated() {
      try writeFacts(of: month, &accounts, to: store)
      if month.period.end < DemoCalendar.asOf { try invoice(month, invoicing) }
      progress(done + 1, months.count)
    }
  }

  /// Writes what became known in a month, so many customers a transaction that it fits into SQLite's cache.
  private func writeFacts(
    of month: CalendarMonth, _ accounts: inout [DemoAccount], to store: BillingStore
  ) throws {
    for start in stride(from: 0, to: accounts.count, by: Self.customersOfTransaction) {
      let batch = start..<min(start + Self.customersOfTransaction, accounts.count)
      try store.write(receivedAt: DemoCalendar.asOf, origin: demoSource) { log in
        for index in batch {
          for day in month.days where day.start < DemoCalendar.asOf {
            try accounts[index].write(day, to: log)
          }
        }
      }
    }
  }

  private func invoice(_ month: CalendarMonth, _ invoicing: DemoInvoicing) throws {
    let issued = try invoicing.finalize(month)
    var deeds: [DemoDeed] = []
    for customer in customers {
      guard let invoice = issued[customer.id] else { continue }
      deeds += try DemoPayments(customer: customer, invoice: invoice).deeds()
    }
    try invoicing.settle(deeds)
  }

  private static let customersOfTransaction = 10

  private var settings: InvoicingSettings {
    InvoicingSettings(configuration(), source: demoSource)
  }

  /// The site's configuration: pinned in time, with a key that follows from the seed.
  func configuration() -> SiteConfiguration {
    var configuration = SiteConfiguration()
    configuration.serviceName = "AS2aaS"
    configuration.languages = languages
    configuration.seller = Self.seller
    configuration.paymentTerms = "Payable within 14 days without deduction."
    configuration.siteKeyFile = nil
    configuration.asOf = DemoCalendar.asOf
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
