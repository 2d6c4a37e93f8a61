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
      subtotal: try usd("100.00"), paymentTerms: "14 days",
      plans: [
        InvoicedPlan(
          planID: try PlanID("plan_p"), name: "P", model: .hybrid, baseFeeApplies: .credited)
      ],
      partners: [
        InvoicedPartner(
          partnerID: try PartnerID("prt_1"), name: "One", messages: 9_000, messageCharges: try usd("40.50"),
          partnerFees: try usd("0.00")),
        InvoicedPartner(
          partnerID: nil, name: nil, messages: 1_000, messageCharges: try usd("4.50"),
          partnerFees: try usd("0.00")),
      ])
    let data = JSONValue.object(try document.eventData(id: InvoiceID("in_1"))).canonicalBytes
    let store = try TemporaryStore()
    try store.apply([
      customerEvent(), event(.invoiceFinalized, "e", String(decoding: data, as: UTF8.self)),
    ])
    #expect(try store.statement("cus_a")?.invoices.first?.document == document)
  }

  /// An invoice of 45.00 of messages whose partners have these shares.
  private func withPartners(_ partners: String) -> String {
    """
    {"invoice_id":"in_1","number":"N","currency":"usd","amount_due":299.00,"subtotal":299.00,\
    "period_start":"2024-01-01T00:00:00Z","period_end":"2024-01-31T23:59:59Z",\
    "created":"2024-02-01T00:00:00Z","due_date":"2024-02-15T23:59:59Z","lines":[\
    {"kind":"base_fee","amount":299.00},\
    {"kind":"messages","gross":45.00,"covered":45.00,"amount":0.00},\
    {"kind":"late_usage","amount":0.00,"quantity":3,"service_start":"2023-12-01T00:00:00Z",\
    "service_end":"2023-12-31T23:59:59Z"}],"partners":[\(partners)]}
    """
  }

  @Test func `partners that do not add up to the lines are refused, and none are fine`() throws {
    func fault(_ partners: String) throws -> FieldError? {
      try FolioStoreTests.fault(
        eventText(.invoiceFinalized, "e", at: nil, of: "cus_a", withPartners(partners)))
    }
    #expect(try fault("") == nil)
    #expect(try fault(#"{"messages":900,"message_charges":45.00,"partner_fees":0}"#) == nil)
    #expect(
      try fault(#"{"messages":900,"message_charges":44.99,"partner_fees":0}"#)?.path == "data.partners")
    #expect(
      try fault(#"{"messages":900,"message_charges":45.00,"partner_fees":1}"#)?.path == "data.partners")
  }
}
