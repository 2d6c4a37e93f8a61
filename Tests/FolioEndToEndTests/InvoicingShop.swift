import FolioTestSupport
import Foundation
import JSON
import SQLite
import Testing

/// A store, its configuration and what the program makes of them, in a folder that goes away.
struct InvoicingShop {
  let folder: TemporaryFolder
  var store: String { folder.path("billing.db") }

  init(_ lines: [String]) throws {
    folder = try TemporaryFolder()
    try configure()
    try take([EventLines.plan()] + lines)
  }

  func configure(seller: String = "Seller Ltd", terms: String = "Net 14") throws {
    _ = try folder.write(
      #"{"seller":{"name":"\#(seller)","tax_ids":[{"type":"gb_vat","value":"GB1"}]},"site_key_file":null,"#
        + #""payment_terms":"\#(terms)"}"#, to: "portal.json")
  }

  /// Imports events.
  func take(_ lines: [String]) throws {
    let file = try folder.write(lines.joined(separator: "\n") + "\n", to: "\(UUID().uuidString).ndjson")
    let run = try folio("import", "--store", store, file)
    try #require(run.status == 0, "\(run.words)")
  }

  func finalize(
    _ period: String = "2024-01", at time: String = "2024-02-01T00:10:00Z", _ more: String...
  ) throws -> ProgramRun {
    try folio(
      ["invoice", "finalize", "--store", store, "--period", period, "--issued-at", time] + more)
  }

  /// The site as of an instant.
  func build(asOf: String) throws -> [String: Data] {
    let run = try folio("build", "--store", store, "--out", folder.path("site"), "--as-of", asOf)
    try #require(run.status == 0, "\(run.words)")
    return try siteFiles(folder.path("site"))
  }

  /// Customer and number of every invoice, in order of numbers.
  static func invoices(in store: String) throws -> [(id: String, customer: String, number: String)] {
    try Connection(path: store, mode: .readOnly)
      .statement("SELECT invoice_id, customer_id, number FROM invoices ORDER BY number")
      .rows { (try $0.text(0), try $0.text(1), try $0.text(2)) }
  }

  func invoiceIDs() throws -> [String] { try Self.invoiceIDs(in: store) }

  /// The ids of all invoices, in order of numbers.
  static func invoiceIDs(in store: String) throws -> [String] {
    try Connection(path: store, mode: .readOnly)
      .statement("SELECT invoice_id FROM invoices ORDER BY number").rows { try $0.text(0) }
  }
}
