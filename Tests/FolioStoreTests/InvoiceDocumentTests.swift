import FolioBilling
import FolioStore
import JSON
import Testing

@Suite struct InvoiceDocumentTests {
  @Test func `a document that is written as an event is read back as it was`() throws {
    let noon = try instant("2024-01-10T12:00:00Z")
    let january = try month("2024-01").period
    let rate = UnitPrice(ExactDecimal(coefficient: 45, scale: 4), currency: try currency("USD"))
    let tax = TaxTreatment(category: .standard, rate: ExactDecimal(coefficient: 8, scale: 2), reason: "VAT")
    let document = InvoiceDocument(
      number: "AS2-2024-001", currency: try currency("USD"), amountDue: try usd("108.00"), period: january,
      created: try instant("2024-02-01T00:00:00Z"), dueDate: try instant("2024-02-15T23:59:59Z"),
      seller: Party(
        name: "S", addressLines: ["1", "2"], country: "DE", taxIDs: [TaxID(type: "eu_vat", value: "DE1")]),
      buyer: Party(name: "B", email: "b@b.example"), purchaseOrder: "PO-1",
      lines: [
        ChargeLine(
          kind: .baseFee, planName: "P", servicePeriod: BillingPeriod(start: january.start, end: noon),
          proration: Proration(seconds: 820_800, ofSeconds: 2_678_400), gross: try usd("60.00"),
          amount: try usd("60.00")),
        ChargeLine(
          kind: .messages, planName: nil, servicePeriod: january, quantity: 10_000, unitPrice: rate,
          gross: try usd("45.00"), covered: try usd("5.00"), amount: try usd("40.00"), label: "Messages"),
        ChargeLine(
          kind: .minimumCommitment, planName: "P", servicePeriod: january, gross: try usd("5.26"),
          amount: try usd("5.26"), basis: try usd("100.00")),
        ChargeLine(
          kind: .discount, planName: "P", servicePeriod: january, gross: try usd("-5.26"),
          amount: try usd("-5.26"), label: "Volume", rate: ExactDecimal(coefficient: 5, scale: 2),
          basis: try usd("105.26")),
      ], taxes: [TaxLine(treatment: tax, taxable: try usd("100.00"), amount: try usd("8.00"))],
      subtotal: try usd("100.00"), paymentTerms: "14 days")
    let data = JSONValue.object(try document.eventData(id: InvoiceID("in_1"))).canonicalBytes
    let store = try TemporaryStore()
    try store.apply([
      customerEvent(), event(.invoiceFinalized, "e", String(decoding: data, as: UTF8.self)),
    ])
    #expect(try store.statement("cus_a")?.invoices.first?.document == document)
  }
}
