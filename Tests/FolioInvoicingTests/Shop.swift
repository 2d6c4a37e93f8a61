import FolioBilling
import FolioInvoicing
import FolioRating
import FolioStore
import FolioTestSupport
import JSON
import Testing

func instant(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }

func month(_ text: String) throws -> CalendarMonth { try #require(CalendarMonth(text)) }

/// A store that goes away with the value.
final class Shop {
  private let folder: TemporaryFolder
  let store: BillingStore

  init(_ lines: [String] = [EventLines.plan()]) throws {
    folder = try TemporaryFolder()
    store = try BillingStore(path: folder.path("billing.db"), isCreating: true)
    try apply(lines)
  }

  /// Another connection to the same store, as another process has it.
  func secondWriter() throws -> BillingStore {
    try BillingStore(path: folder.path("billing.db"), isCreating: false)
  }

  /// Takes events, each in a transaction of its own.
  func apply(_ lines: [String], source: String = "test") throws {
    for line in lines {
      let event = try ReceivedEvent(JSONParser.parse(Array(line.utf8)), source: source)
      let outcome = try store.write(receivedAt: event.time ?? instant("2024-01-01T00:00:00Z"), origin: "") {
        try $0.apply(event)
      }
      #expect(outcome == .applied, "\(line)")
    }
  }

  static let seller = Party(
    name: "Seller Ltd", country: "GB", taxIDs: [TaxID(type: "gb_vat", value: "GB1")])

  static let settings = InvoicingSettings(
    seller: seller, paymentTerms: "Net 14", taxWording: [.reverseCharge: "Reverse charge"])

  /// What became of each customer in one run.
  @discardableResult
  func finalize(
    _ period: String = "2024-01", at issuedAt: String = "2024-02-01T00:10:00Z", now: Bool = false,
    customers: [String] = [], incomplete: Bool = false, missingTaxID: Bool = false,
    settings: InvoicingSettings = Shop.settings, through writer: BillingStore? = nil,
    between: (CustomerID) -> Void = { _ in }
  ) throws -> [String: FinalizationOutcome] {
    var outcomes: [String: FinalizationOutcome] = [:]
    let time = try instant(issuedAt)
    let request = FinalizationRequest(
      month: try month(period), issueTime: now ? .now(time) : .exactly(time), receivedAt: time,
      customers: try customers.map { try CustomerID($0) }, allowsIncompleteUsage: incomplete,
      allowsMissingTaxID: missingTaxID)
    try InvoiceFinalizer(store: writer ?? store, settings: settings).finalize(request) { customer, outcome in
      outcomes[customer.text] = outcome
      between(customer)
    }
    return outcomes
  }

  func preview(
    _ period: String = "2024-01", at text: String = "2024-02-01T00:10:00Z",
    settings: InvoicingSettings = Shop.settings
  ) throws -> [PreviewRow] {
    try InvoicePreview(reader: store.reader, settings: settings).rows(of: month(period), at: instant(text))
  }

  func invoices(_ customer: String) throws -> [Invoice] {
    try store.reader.invoices(of: CustomerID(customer))
  }

  func corrections() throws -> InvoiceCorrections {
    InvoiceCorrections(store: store, receivedAt: try instant("2024-03-01T00:00:00Z"))
  }

  /// The events of Folio's own, in the order in which they were taken.
  func eventCount() throws -> Int64 { try store.reader.eventCounts().reduce(0) { $0 + $1.count } }
}

extension FinalizationOutcome {
  /// `AS2-2024-001 421.00`, or why there is none.
  var words: String {
    switch self {
    case .issued(let invoice): "\(invoice.document.number) \(invoice.document.amountDue.decimalText)"
    case .alreadyInvoiced(let number): "already \(number)"
    case .noPlan(let correction): "no plan" + (correction.map { " \($0.decimalText)" } ?? "")
    case .held(let remarks): "held: " + remarks.map(\.code).joined(separator: " ")
    }
  }
}

extension [String: FinalizationOutcome] {
  /// In order of customers.
  var words: [String] { sorted { $0.key < $1.key }.map(\.value.words) }
}
