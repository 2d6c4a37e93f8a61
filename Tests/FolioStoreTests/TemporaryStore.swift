import FolioBilling
import FolioStore
import Foundation

/// A directory that goes away with the value, and a store in it.
final class TemporaryStore {
  let directory: String
  let path: String

  init() throws {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
    directory = place.path
    path = place.appendingPathComponent("billing.db").path
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  func open() throws -> BillingStore { try BillingStore(path: path, isCreating: true) }

  func reader() throws -> StatementReader { try StatementReader(path: path) }

  /// Applies events, `batch` a transaction, and gives their outcomes.
  @discardableResult
  func apply(_ events: [ReceivedEvent], batch: Int = .max) throws -> [EventOutcome] {
    let store = try open()
    var outcomes: [EventOutcome] = []
    var start = 0
    while start < events.count {
      let end = events.count - start > batch ? start + batch : events.count
      outcomes += try store.write(receivedAt: now, origin: "a test") { log in
        try events[start..<end].map { try log.apply($0) }
      }
      start = end
    }
    return outcomes
  }

  func statement(_ customer: String, asOf: String = "2030-01-01T00:00:00Z") throws -> Statement? {
    try reader().statement(of: CustomerID(customer), asOf: instant(asOf))
  }

  /// Writes a file beside the store.
  func file(_ name: String, _ text: String) throws -> String { try file(name, Data(text.utf8)) }

  func file(_ name: String, _ data: Data) throws -> String {
    let file = directory + "/" + name
    try data.write(to: URL(fileURLWithPath: file))
    return file
  }

  /// Imports a file of this content.
  @discardableResult
  func importText(
    _ text: String, name: String = "facts", customer: String? = nil, usageTime: String? = nil,
    keepsGoing: Bool = false
  ) throws -> FileImportReport {
    try importFile(file(name, text), customer: customer, usageTime: usageTime, keepsGoing: keepsGoing)
  }

  @discardableResult
  func importFile(
    _ file: String, customer: String? = nil, usageTime: String? = nil, keepsGoing: Bool = false
  ) throws -> FileImportReport {
    let options = ImportOptions(
      source: "import", customer: try customer.map { try CustomerID($0) }, currency: try currency("USD"),
      usageTime: try usageTime.map(instant), keepsGoing: keepsGoing)
    return try FileImporter(store: open(), options: options, receivedAt: now).importFile(file)
  }

  /// The bytes of every file of the store, and of what SQLite keeps beside it.
  func rawBytes() throws -> Data {
    try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
      .filter { $0.hasPrefix("billing.db") }
      .reduce(into: Data()) { $0 += try Data(contentsOf: URL(fileURLWithPath: directory + "/" + $1)) }
  }
}

let now = Timestamp(secondsSinceEpoch: 1_900_000_000)

struct NotAValue: Error {
  let text: String
}

func instant(_ text: String) throws -> Timestamp {
  guard let instant = Timestamp(text) else { throw NotAValue(text: text) }
  return instant
}

func month(_ text: String) throws -> CalendarMonth {
  guard let month = CalendarMonth(text) else { throw NotAValue(text: text) }
  return month
}

func currency(_ code: String) throws -> Currency {
  guard let currency = Currency(code: code) else { throw NotAValue(text: code) }
  return currency
}

func usd(_ text: String) throws -> Money { try Money(text, currency: currency("USD")) }
