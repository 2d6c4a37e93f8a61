package import FolioBilling

/// What an invoice or a credit note adds to a tax year: charges without tax, and the tax on them.
package struct TaxedDocument: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case invoice
    case creditNote = "credit_note"
  }

  package let kind: Kind
  /// The invoice, or the one that the note corrects.
  package let invoiceID: InvoiceID
  package let number: String
  /// The day of issue, which decides year and quarter.
  package let date: CalendarDate
  package let baseFees: Money
  /// All other lines.
  package let usageCharges: Money
  /// The amount of an invoice of which only the total is known.
  package let notItemised: Money
  /// What a credit note takes off, not negative.
  package let credited: Money
  /// Negative for a credit note; none where the source stated no tax.
  package let taxes: [TaxLine]

  /// What the document charges without tax: negative for a credit note.
  package func charges() throws(ArithmeticOverflow) -> Money {
    try baseFees.adding(usageCharges).adding(notItemised).subtracting(credited)
  }

  package func tax() throws(ArithmeticOverflow) -> Money {
    try Money.sum(of: taxes.lazy.map(\.amount), in: baseFees.currency)
  }
}

extension TaxedDocument {
  /// An invoice; prices that include tax count without it.
  init(_ invoice: Invoice) throws(ArithmeticOverflow) {
    let document = invoice.document
    let zero = Money.zero(document.currency)
    let charges = try document.chargesWithoutTax()
    let base = try document.baseFees(of: charges)
    kind = .invoice
    invoiceID = invoice.id
    number = document.number
    date = document.created.date
    baseFees = base ?? zero
    usageCharges = try base.map { base throws(ArithmeticOverflow) in try charges.subtracting(base) } ?? zero
    notItemised = base == nil ? charges : zero
    credited = zero
    taxes = document.taxes
  }

  /// An invoice and its effective credit notes, in this order; none for a void invoice.
  package static func documents(of invoice: Invoice) throws(ArithmeticOverflow) -> [TaxedDocument] {
    if invoice.void != nil { return [] }
    var documents = [try TaxedDocument(invoice)]
    var credited = Money.zero(invoice.document.currency)
    for note in invoice.creditNotes where note.isEffective {
      documents.append(try TaxedDocument(note, of: invoice, after: credited))
      credited = try credited.adding(note.amount)
    }
    return documents
  }

  /// A credit note, tax included as its invoice has it, after others have credited `earlier` of the invoice.
  ///
  /// The tax of all that is credited is that part of the invoice's tax, rounded once, half away from zero; a note has
  /// what it adds to it, and the rest of the note is charges. So notes over the whole invoice credit its whole tax.
  private init(
    _ note: CreditNote, of invoice: Invoice, after earlier: Money
  ) throws(ArithmeticOverflow) {
    let document = invoice.document
    let zero = Money.zero(document.currency)
    let tax = try document.tax(in: earlier.adding(note.amount)).subtracting(document.tax(in: earlier))
    let net = try note.amount.subtracting(tax)
    kind = .creditNote
    invoiceID = invoice.id
    number = note.number
    date = note.issuedAt.date
    (baseFees, usageCharges, notItemised) = (zero, zero, zero)
    credited = net
    taxes = try Self.taken(net, tax, from: document.taxes)
  }

  /// The lines of an invoice's taxes in proportion, negative.
  private static func taken(
    _ net: Money, _ tax: Money, from lines: [TaxLine]
  ) throws(ArithmeticOverflow) -> [TaxLine] {
    let amounts = tax.split(across: lines.map { max(0, $0.amount.minorUnits) })
    let taxables = net.split(across: lines.map { max(0, $0.taxable.minorUnits) })
    var taken: [TaxLine] = []
    for (line, (amount, taxable)) in zip(lines, zip(amounts, taxables)) {
      taken.append(
        TaxLine(
          treatment: line.treatment, taxable: try taxable.negated(), amount: try amount.negated()))
    }
    return taken
  }
}

extension InvoiceDocument {
  /// The tax in a part of the amount.
  fileprivate func tax(in part: Money) throws(ArithmeticOverflow) -> Money {
    guard amountDue.minorUnits > 0 else { return .zero(currency) }
    let tax = try Money.sum(of: taxes.lazy.map(\.amount), in: currency)
    return try tax.scaled(by: part.minorUnits, over: amountDue.minorUnits)
  }

  /// The amount without the tax that is on it or in it.
  fileprivate func chargesWithoutTax() throws(ArithmeticOverflow) -> Money {
    let tax = try Money.sum(of: taxes.lazy.map(\.amount), in: currency)
    return try amountDue.subtracting(tax)
  }

  /// Base fees among the lines, without the tax in them; nil where the source gave only the total.
  fileprivate func baseFees(of charges: Money) throws(ArithmeticOverflow) -> Money? {
    guard let subtotal, !lines.isEmpty else { return nil }
    let base = try Money.sum(of: lines.lazy.filter { $0.kind == .baseFee }.map(\.amount), in: currency)
    guard subtotal != charges, subtotal.minorUnits > 0 else { return base }
    return try base.scaled(by: charges.minorUnits, over: subtotal.minorUnits)
  }
}
