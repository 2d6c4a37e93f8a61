import FolioBilling
import FolioInvoicing
import JSON

/// What one run of finalisation did, in words, as a table and as JSON.
struct FinalizationReport {
  let month: CalendarMonth
  private(set) var issued: [(customer: CustomerID, invoice: IssuedInvoice)] = []
  private(set) var held: [(customer: CustomerID, remarks: [InvoiceRemark])] = []
  private(set) var alreadyInvoiced = 0
  private(set) var withoutPlan = 0
  private var corrections: [(customer: CustomerID, amount: Money)] = []
  /// Whether the run went through all customers.
  var isComplete = false

  /// The most customers that are told one by one.
  private static let toldLimit = 20

  init(month: CalendarMonth) { self.month = month }

  var customers: Int { issued.count + held.count + alreadyInvoiced + withoutPlan }

  mutating func note(_ outcome: FinalizationOutcome, of customer: CustomerID) {
    switch outcome {
    case .issued(let invoice): issued.append((customer, invoice))
    case .held(let remarks): held.append((customer, remarks))
    case .alreadyInvoiced: alreadyInvoiced += 1
    case .noPlan(let correction):
      withoutPlan += 1
      if let correction { corrections.append((customer, correction)) }
    }
  }

  func tell(_ console: Console, asJSON: Bool) {
    say(to: console)
    if asJSON { return console.put(json) }
    var table = TextTable(
      ("CUSTOMER", .start), ("NUMBER", .start), ("AMOUNT", .end), ("CURRENCY", .start), ("DUE", .start))
    for (customer, invoice) in issued {
      let document = invoice.document
      table.add([
        customer.text, document.number, document.amountDue.decimalText, document.currency.code,
        document.dueDate.date.text,
      ])
    }
    for line in table.lines { console.put(line) }
  }

  // MARK: Words

  private func say(to console: Console) {
    console.say(
      "\(month.text): \(counted(issued.count, "invoice")) issued, \(ErrorPresentation.grouped(alreadyInvoiced)) issued "
        + "before, \(ErrorPresentation.grouped(held.count)) held, \(ErrorPresentation.grouped(withoutPlan)) without a plan"
    )
    say(lines(of: held) { ErrorPresentation.text(for: $0) }, to: console)
    let notes =
      issued.map { (customer: $0.customer, remarks: $0.invoice.remarks) }
      + corrections.map { (customer: $0.customer, remarks: [.correctionWithoutPlan($0.amount)]) }
    say(lines(of: notes) { ErrorPresentation.text(for: $0) }, to: console)
  }

  private func lines(
    of customers: [(customer: CustomerID, remarks: [InvoiceRemark])], _ words: (InvoiceRemark) -> String
  ) -> [String] {
    customers.flatMap { customer in customer.remarks.map { "\(customer.customer.text): \(words($0))" } }
  }

  private func say(_ lines: [String], to console: Console) {
    for line in lines.prefix(Self.toldLimit) { console.say("  " + line) }
    if lines.count > Self.toldLimit { console.say("  and \(lines.count - Self.toldLimit) more: see --json") }
  }

  // MARK: JSON

  private var json: [UInt8] {
    var writer = JSONWriter(style: .pretty)
    writer.beginObject()
    writer.member("period", month.text)
    writer.member("is_complete", isComplete)
    for (name, count) in [
      ("issued", issued.count), ("already_invoiced", alreadyInvoiced), ("held", held.count),
      ("without_plan", withoutPlan),
    ] { writer.member(name, count) }
    writer.list("invoices", issued) { issued, writer in
      Self.write(issued.invoice, of: issued.customer, to: &writer)
    }
    writer.list("not_issued", held) { held, writer in
      writer.member("customer_id", held.customer.text)
      writer.list("reasons", held.remarks) { remark, writer in remark.write(to: &writer) }
    }
    writer.list("corrections_without_plan", corrections) { correction, writer in
      writer.member("customer_id", correction.customer.text)
      writer.member("currency", correction.amount.currency.lowercaseCode)
      writer.member("amount", correction.amount)
      writer.minorMember("amount_minor", correction.amount)
    }
    writer.endObject()
    writer.endDocument()
    return writer.bytes
  }

  private static func write(_ invoice: IssuedInvoice, of customer: CustomerID, to writer: inout JSONWriter) {
    let document = invoice.document
    for (name, text) in [
      ("customer_id", customer.text), ("invoice_id", invoice.id.text), ("number", document.number),
      ("currency", document.currency.lowercaseCode), ("created", document.created.text),
      ("due_date", document.dueDate.text),
    ] { writer.member(name, text) }
    writer.member("amount_due", document.amountDue)
    writer.member("carried_over", invoice.carriedOver)
    writer.minorMember("amount_due_minor", document.amountDue)
    writer.minorMember("carried_over_minor", invoice.carriedOver)
  }
}

extension IssuedInvoice {
  /// What of it a person should know.
  fileprivate var remarks: [InvoiceRemark] {
    (document.amountDue.isZero ? [.zero] : []) + (carriedOver.isZero ? [] : [.carriedOver(carriedOver)])
  }
}
