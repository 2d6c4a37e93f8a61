import FolioAccounts
import FolioBilling
import FolioRating

extension InvoiceAssessment {
  /// What the month's invoices ask for, else what the draft does.
  struct Sums {
    let amount: Money
    let tax: Money
    let total: Money
    let corrections: Money
  }

  func sums() throws(ArithmeticOverflow) -> Sums? {
    if let first = invoices.first {
      let documents = invoices.map(\.document).filter { $0.currency == first.document.currency }
      let total = try Money.sum(of: documents.lazy.map(\.amountDue), in: first.document.currency)
      let amount = try documents.amountBeforeTax(in: first.document.currency)
      let late = documents.lazy.flatMap(\.lines).filter { $0.kind == .lateUsage }.map(\.amount)
      return Sums(
        amount: amount, tax: try total.subtracting(amount), total: total,
        corrections: try Money.sum(of: late, in: total.currency))
    }
    guard let draft else { return nil }
    let (tax, total) = (try draft.tax(), try draft.total())
    return Sums(
      amount: try total.subtracting(tax), tax: tax, total: total,
      corrections: try Money.sum(of: draft.corrections.lazy.map(\.amount), in: total.currency))
  }

  /// What was invoiced for the month before, before tax, else what it came to.
  func amountBefore() throws(ArithmeticOverflow) -> Money? {
    guard let before = facts.month(month.adding(months: -1)) else { return nil }
    if let invoices = before.invoiced?.invoices, let first = invoices.first {
      let documents = invoices.map(\.document).filter { $0.currency == first.document.currency }
      return try documents.amountBeforeTax(in: first.document.currency)
    }
    return before.charges?.total
  }

  func carriedOver() throws(ArithmeticOverflow) -> Money? {
    guard let draft, !draft.carriedOver.isEmpty else { return nil }
    return try Money.sum(of: draft.carriedOver.lazy.map(\.amount), in: facts.currency)
  }
}

extension [InvoiceDocument] {
  fileprivate func amountBeforeTax(in currency: Currency) throws(ArithmeticOverflow) -> Money {
    var amounts: [Money] = []
    for document in self { amounts.append(try document.amountBeforeTax()) }
    return try Money.sum(of: amounts, in: currency)
  }
}
