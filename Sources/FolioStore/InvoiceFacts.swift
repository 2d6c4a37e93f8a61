import FolioBilling
import JSON
import SQLite

/// `billing.invoice.finalized`: an invoice with everything that its document prints, frozen.
struct InvoiceFinalized: BillingFact {
  let customerID: CustomerID
  let invoiceID: InvoiceID
  let document: InvoiceDocument
  private let data: JSONObject

  init(_ data: JSONObject, _ fields: FieldReader, customerID: CustomerID) throws(FieldError) {
    self.customerID = customerID
    invoiceID = try fields.identifier("invoice_id")
    document = try InvoiceDocument(fields)
    self.data = data
  }

  var requires: [EventSubject] { [.customer(customerID)] }
  var introduces: [EventSubject] { [.invoice(invoiceID)] }
  var factTime: Timestamp? { document.created }

  func write(_ writer: FactWriter) throws {
    if let owner = try Self.customer(of: invoiceID, in: writer.connection), owner != customerID {
      throw FieldError(path: "data.invoice_id", expected: .invoiceOfCustomer, found: invoiceID.text)
    }
    try writer.keepEarliest(
      in: "invoices", key: [("invoice_id", .text(invoiceID.text))],
      [
        ("customer_id", .text(customerID.text)), ("currency", .text(document.currency.code)),
        ("created", .instant(document.created)), ("document", .text(encoded(.object(data)))),
        ("number", .text(document.number)),
      ])
  }

  /// Whose invoice it is; nil when the invoice is unknown.
  static func customer(of invoice: InvoiceID, in connection: Connection) throws -> CustomerID? {
    try connection.statement("SELECT customer_id FROM invoices WHERE invoice_id = ?")
      .first([.text(invoice.text)]) { try storedIdentifier($0.text(0), "invoices.customer_id") }
  }

  /// The currency and the total of an invoice that is known.
  static func amountDue(of invoice: InvoiceID, in connection: Connection) throws -> Money {
    let document = try connection.statement("SELECT document FROM invoices WHERE invoice_id = ?")
      .first([.text(invoice.text)]) { row in
        try InvoiceDocument(storedFields("invoices.document", row.text(0)))
      }
    guard let document else { throw StoredValueError(column: "invoices.invoice_id") }
    return document.amountDue
  }
}

extension InvoiceDocument {
  /// Reads a frozen document and proves its sums.
  init(_ fields: FieldReader) throws(FieldError) {
    let currency = try fields.currency("currency")
    guard let period = try fields.period("period_start", "period_end") else {
      throw fields.fail("period_start", .timestamp)
    }
    self.init(
      number: try fields.text("number", mostBytes: 64), currency: currency,
      amountDue: try fields.money("amount_due", currency), period: period,
      created: try fields.timestamp("created"), dueDate: try fields.timestamp("due_date"),
      seller: try fields.party("seller"), buyer: try fields.party("buyer"),
      purchaseOrder: try fields.optionalText("purchase_order", mostBytes: 128),
      lines: try fields.chargeLines("lines", currency, period), taxes: try fields.taxLines("taxes", currency),
      subtotal: try fields.optionalMoney("subtotal", currency),
      paymentTerms: try fields.optionalText("payment_terms"), plans: try fields.invoicedPlans("plans"),
      partners: try fields.invoicedPartners("partners", currency))
    try checkSums(fields)
    try checkPartners(fields)
  }

  private func checkSums(_ fields: FieldReader) throws(FieldError) {
    if amountDue.isNegative { throw fields.fail("amount_due", .money(fractionDigits: currency.minorDigits)) }
    guard !lines.isEmpty || subtotal != nil else { return }
    do {
      let sum =
        try lines.isEmpty ? subtotal ?? amountDue : Money.sum(of: lines.map(\.amount), in: currency)
      let tax = try Money.sum(of: taxes.map(\.amount), in: currency)
      guard sum == subtotal else { throw fields.fail("subtotal", .sum(of: "lines[].amount")) }
      let taxable = try Money.sum(of: taxes.map(\.taxable), in: currency)
      let isTaxIncluded = try amountDue == sum && taxable.adding(tax) == sum
      guard try isTaxIncluded || sum.adding(tax) == amountDue else {
        throw fields.fail("amount_due", .sum(of: "subtotal + taxes[].amount"))
      }
    } catch let error as FieldError {
      throw error
    } catch {
      throw fields.fail("lines", .sumWithin64Bits)
    }
  }
}

extension FieldReader {
  fileprivate func chargeLines(
    _ name: String, _ currency: Currency, _ period: BillingPeriod
  ) throws(FieldError) -> [ChargeLine] {
    var lines: [ChargeLine] = []
    for line in try objects(name, most: 10_000) { lines.append(try line.chargeLine(currency, period)) }
    return lines
  }

  private func chargeLine(_ currency: Currency, _ period: BillingPeriod) throws(FieldError) -> ChargeLine {
    let amount = try money("amount", currency)
    let gross = try optionalMoney("gross", currency) ?? amount
    let covered = try optionalMoney("covered", currency) ?? .zero(currency)
    do {
      guard try !covered.isNegative && gross.subtracting(covered) == amount else {
        throw fail("amount", .sum(of: "gross − covered"))
      }
    } catch let error as FieldError { throw error } catch { throw fail("amount", .sumWithin64Bits) }
    let prorated = try optionalObject("proration")
    var proration: Proration?
    if let prorated {
      proration = Proration(
        seconds: try prorated.integer("seconds", least: 1),
        ofSeconds: try prorated.integer("of_seconds", least: 1))
    }
    let line = ChargeLine(
      kind: try choice("kind", ChargeKind.self), planName: try optionalText("plan_name"),
      servicePeriod: try self.period("service_start", "service_end") ?? period,
      quantity: try optionalInteger("quantity", least: -countLimit),
      unitPrice: try optionalDecimal("unit_price").map { UnitPrice($0, currency: currency) },
      proration: proration, gross: gross, covered: covered, amount: amount, label: try optionalText("label"),
      rate: try optionalDecimal("rate"), basis: try optionalMoney("basis", currency))
    guard line.isProductExact else {
      let isProduct = line.quantity != nil && line.unitPrice != nil
      throw fail("gross", .sum(of: isProduct ? "quantity × unit_price" : "−(rate × basis)"))
    }
    return line
  }

  fileprivate func taxLines(_ name: String, _ currency: Currency) throws(FieldError) -> [TaxLine] {
    var lines: [TaxLine] = []
    for line in try objects(name, most: 20) {
      let treatment = TaxTreatment(
        category: try line.choice("category", TaxCategory.self), rate: try line.rate("rate"),
        reason: try line.optionalText("reason"))
      lines.append(
        TaxLine(
          treatment: treatment, taxable: try line.money("taxable", currency),
          amount: try line.money("amount", currency)))
    }
    return lines
  }
}

/// `billing.invoice.voided` and `billing.invoice.written_off`: the end of an invoice other than by payment.
struct InvoiceClosed: FactOfInvoice {
  let kind: String
  let invoiceID: InvoiceID
  let at: Timestamp
  let reason: String?

  /// `kind` is `void` or `write_off`, `timeName` the field with the instant.
  init(_ fields: FieldReader, kind: String, timeName: String, time: Timestamp?) throws(FieldError) {
    self.kind = kind
    invoiceID = try fields.identifier("invoice_id")
    reason = try fields.optionalText("reason")
    guard let instant = try fields.optionalTimestamp(timeName) ?? time else {
      throw fields.fail(timeName, .timestamp)
    }
    at = instant
  }

  var factTime: Timestamp? { at }

  func write(_ writer: FactWriter) throws {
    let customer = try owner(in: writer.connection)
    try writer.keepLatest(
      in: "invoice_closings", key: [("invoice_id", .text(invoiceID.text)), ("kind", .text(kind))],
      [("customer_id", .text(customer.text)), ("at", .instant(at)), ("reason", .optional(reason))])
  }
}

/// `billing.credit_note.issued`: a correction of an invoice, with a number in its own series.
struct CreditNoteIssued: FactOfInvoice {
  let creditNoteID: CreditNoteID
  let invoiceID: InvoiceID
  let number: String
  let amount: ExactDecimal
  let issuedAt: Timestamp
  let reason: String?

  init(_ fields: FieldReader, time: Timestamp?) throws(FieldError) {
    creditNoteID = try fields.identifier("credit_note_id")
    invoiceID = try fields.identifier("invoice_id")
    number = try fields.text("number", mostBytes: 64)
    amount = try fields.positiveDecimal("amount")
    reason = try fields.optionalText("reason")
    guard let instant = try fields.optionalTimestamp("issued_at") ?? time else {
      throw fields.fail("issued_at", .timestamp)
    }
    issuedAt = instant
  }

  var factTime: Timestamp? { issuedAt }

  func write(_ writer: FactWriter) throws {
    let customer = try owner(in: writer.connection)
    let due = try InvoiceFinalized.amountDue(of: invoiceID, in: writer.connection)
    let money = try money(amount, "data.amount", due.currency)
    guard money.minorUnits <= due.minorUnits else {
      throw FieldError(path: "data.amount", expected: .amountWithinInvoice, found: amount.text)
    }
    try writer.keepLatest(
      in: "credit_notes",
      key: [("customer_id", .text(customer.text)), ("credit_note_id", .text(creditNoteID.text))],
      [
        ("invoice_id", .text(invoiceID.text)), ("number", .text(number)),
        ("amount", .integer(money.minorUnits)),
        ("issued_at", .instant(issuedAt)), ("reason", .optional(reason)),
      ])
  }
}

extension FieldReader {
  func positiveDecimal(_ name: String) throws(FieldError) -> ExactDecimal {
    let decimal = try decimal(name)
    guard decimal.coefficient > 0 else { throw fail(name, .positive) }
    return decimal
  }
}

/// A decimal as an amount of a currency that only the store knew.
func money(_ decimal: ExactDecimal, _ path: String, _ currency: Currency) throws(FieldError) -> Money {
  do { return try Money(decimal, currency: currency) } catch {
    throw FieldError(path: path, expected: .money(fractionDigits: currency.minorDigits), found: decimal.text)
  }
}
