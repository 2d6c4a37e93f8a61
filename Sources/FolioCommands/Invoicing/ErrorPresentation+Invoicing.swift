import FolioBilling
import FolioInvoicing

extension ErrorPresentation {
  /// What stands out about an invoice, in a sentence.
  static func text(for remark: InvoiceRemark) -> String {
    switch remark {
    case .usageIncomplete(let through):
      "Usage has been received " + (through.map { "through \($0.text) only" } ?? "not at all")
        + ". Wait for the rest, or give --allow-incomplete."
    case .buyerTaxIDMissing:
      "Reverse charge needs the customer's tax id. Import it, or give --allow-missing-tax-id."
    case .sellerTaxIDMissing:
      "Tax is charged, and the seller has no tax id. Name it in portal.json, or give --allow-missing-tax-id."
    case .planUnknown(let id): "The plan \(id.text) is not defined. Import its billing.plan.defined event."
    case .voided(let number):
      "The month's invoice \(quoted(number)) is void. Name the customer with --customer to issue another."
    case .alreadyInvoiced(let number): "The month is invoiced as \(quoted(number))."
    case .hoursMissing(let count):
      "\(counted(count, "hour")) without a reading, where every other week has one."
    case .changed: "The amount is more than 30 % from that of the month before."
    case .zero: "Nothing is charged."
    case .carriedOver(let amount):
      "Corrections of \(text(for: amount)) do not fit on this invoice and wait for a later one."
    case .correctionWithoutPlan(let amount):
      "Corrections of \(text(for: amount)) for earlier months find no invoice, because no plan is in force."
    case .failed(let error): text(for: error)
    }
  }

  static func text(for amount: Money) -> String { "\(amount.decimalText) \(amount.currency.code)" }

  static func text(for error: InvoicingError) -> String {
    switch error {
    case .noSeller: "No seller is configured, and every invoice names one. Fill in 'seller' in portal.json."
    case .periodNotOver(let month, let issuedAt):
      "\(month.text) is not over at \(issuedAt.text). A month is invoiced from \(month.period.end.text) on."
    case .datedBeforeSeries(let prefix, let newest, let issuedAt):
      "The newest document of the series \(quoted(prefix)) is of \(newest.text), and numbers follow dates: nothing can "
        + "be issued at \(issuedAt.text). Give that time or a later one."
    case .datedInFuture(let instant):
      "\(instant.text) is yet to come: no document of an earlier date could be issued after it."
    case .seriesShared(let prefix):
      "Invoices and credit notes would share the numbers \(quoted(prefix)). Give credit_note_numbering another series."
    case .unknownCustomer(let id): "The store knows no customer \(quoted(id.text))."
    case .unknownInvoice(let id): "The store knows no invoice \(quoted(id.text))."
    case .customerDeleted(let id): "The customer \(quoted(id.text)) was deleted, so nothing can be rated."
    case .eventNotTaken(let id):
      "The store holds an event \(quoted(id.text)) that says something else. Look for who imported it."
    default: changeText(for: error)
    }
  }

  private static func changeText(for error: InvoicingError) -> String {
    switch error {
    case .invoiceIsVoid(let id): "The invoice \(quoted(id.text)) is void, so nothing is due or credited."
    case .datedBeforeInvoice(let id, let finalizedAt):
      "The invoice \(quoted(id.text)) is of \(finalizedAt.text). Give a time that is not before it."
    case .alreadySettledInPart(let id, let paid, let credited):
      "Of the invoice \(quoted(id.text)) \(text(for: paid)) is paid and \(text(for: credited)) credited, so it cannot "
        + "be voided. Correct it with 'folio credit-note issue'."
    case .amountNotPositive: "The amount must be greater than 0."
    case .aboveWhatCanBeCredited(let id, let amount, let left):
      "\(text(for: amount)) is more than the \(text(for: left)) that can be credited of the invoice \(quoted(id.text))."
    case .aboveWhatIsDue(let id, let amount, let due):
      "\(text(for: amount)) is more than the \(text(for: due)) still due of the invoice \(quoted(id.text)). If it was paid, "
        + "give --allow-overpayment."
    case .otherCreditNote(let id):
      "The credit note \(quoted(id.text)) is there and says something else. Give another id."
    default: "Unexpected: \(printable(String(describing: error), mostScalars: 400))"
    }
  }

  static func text(for error: DecimalError) -> String {
    switch error {
    case .notPlain: "The amount must be a plain decimal such as 421.00."
    case .tooLarge: "The amount has more digits than fit."
    case .tooManyFractionDigits(let found, let limit):
      "The amount has \(found) digits behind the point; its currency has \(limit)."
    }
  }
}
