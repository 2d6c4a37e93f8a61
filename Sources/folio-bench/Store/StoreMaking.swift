import FolioBilling
import FolioCommands
import FolioInvoicing
import FolioStore
import OperatingSystem

/// `folio-bench make-store FILE`: a store of a shape, through the one path by which a store changes.
enum StoreMaking {
  static let description = CommandDescription(
    name: Step.store.rawValue, abstract: "Makes a store of a shape.",
    arguments: [ArgumentDescription("FILE", help: "Where the store goes; nothing may be there.")],
    options: [
      OptionDescription("--customers", value: "N", help: "How many customers.", isRequired: true),
      OptionDescription("--partners", value: "N", help: "Partners of each.", isRequired: true),
      OptionDescription("--months", value: "N", help: "Months of usage.", isRequired: true),
    ])

  /// The command line that makes a store, after the program's name.
  static func arguments(_ shape: StoreShape, at path: String) -> [String] {
    [
      Step.store.rawValue, path, "--customers", "\(shape.customers)", "--partners", "\(shape.partners)",
      "--months", "\(shape.months)",
    ]
  }

  static func run(_ arguments: ParsedArguments) throws -> ExitStatus {
    let shape = StoreShape(
      customers: try arguments.wholeNumber("--customers", in: 1...99_999) ?? 1,
      partners: try arguments.wholeNumber("--partners", in: 1...999) ?? 1,
      months: try arguments.wholeNumber("--months", in: 1...60) ?? 1)
    let store = try BillingStore(path: arguments.positionals[0], isCreating: true)
    try StoreMaker(store: store, shape: shape).make()
    return .done
  }
}

/// Writes the facts of a shape: customer by customer what they are and use, then month by month their invoices.
struct StoreMaker {
  let store: BillingStore
  let shape: StoreShape

  func make() throws {
    let plans = try BenchPlans.events(at: shape.firstMonth.period.start)
    try write { log in try log.take(plans) }
    let customers = (0..<shape.customers).map { BenchCustomer(index: $0, shape: shape) }
    for start in stride(from: 0, to: customers.count, by: Self.customersOfTransaction) {
      let batch = customers[start..<min(start + Self.customersOfTransaction, customers.count)]
      try write { log in for customer in batch { try writeFacts(of: customer, to: log) } }
    }
    for month in shape.closedMonths { try invoice(month, customers) }
  }

  /// So many that a transaction's pages fit into SQLite's cache.
  private static let customersOfTransaction = 2

  /// Half past one on the first of the next month.
  private static let secondsToFinalization: Int64 = 5_400

  private func writeFacts(of customer: BenchCustomer, to log: EventLog) throws {
    try log.take(try customer.masterData())
    let maker = BenchEvents(customer: customer.id)
    var usage = BenchUsage(customer: customer.index, partners: shape.partners)
    for month in shape.allMonths {
      for day in month.days where day.start < StoreShape.asOf.date.start {
        let readings = usage.readings(on: day)
        if !readings.isEmpty { try log.take([maker.usage(readings, on: day, of: customer.id)]) }
      }
      try log.take([customer.watermark(through: min(month.period.end, StoreShape.asOf))])
    }
  }

  /// Invoices a month for all customers, who pay.
  private func invoice(_ month: CalendarMonth, _ customers: [BenchCustomer]) throws {
    let instant = month.period.end.adding(seconds: Self.secondsToFinalization)
    let request = FinalizationRequest(month: month, issueTime: .exactly(instant), receivedAt: instant)
    let finalizer = InvoiceFinalizer(store: store, settings: InvoicingSettings(seller: Self.seller))
    var issued: [CustomerID: IssuedInvoice] = [:]
    try write { log in
      try finalizer.finalize(request, in: log) { customer, outcome in
        if case .issued(let invoice) = outcome { issued[customer] = invoice }
      }
      for customer in customers {
        guard let invoice = issued[customer.id] else {
          preconditionFailure("nothing holds an invoice of the benchmark")
        }
        try log.take([customer.payment(of: invoice)])
      }
    }
  }

  private static let seller = Party(
    name: "Bench Ltd", addressLines: ["1 Integration Square"], country: "US",
    taxIDs: [TaxID(type: "us_ein", value: "12-3456789")], email: "billing@bench.example")

  private func write(_ body: (EventLog) throws -> Void) throws {
    try store.write(receivedAt: StoreShape.asOf, origin: benchSource, body)
  }
}

extension EventLog {
  /// Takes facts of the benchmark, all of which are well made and new.
  func take(_ events: [ReceivedEvent]) throws {
    for event in events {
      let outcome = try apply(event)
      precondition(outcome == .applied, "\(outcome)")
    }
  }
}
