import FolioBilling
import FolioRating

/// The lines by which an invoice corrects what was invoiced before it.
///
/// An invoice is never below zero: of credits the earliest months' come first, and the rest waits. It is found
/// again by itself, because late usage is what a month costs now less all that was invoiced for it.
struct InvoiceCorrectionLines {
  private(set) var lines: [ChargeLine] = []
  private(set) var carriedOver: [CarriedCharge] = []

  /// Corrections of the months before that of `own`, and of its own month where other invoices charge for it.
  ///
  /// Prices with tax and prices without are not mixed on one invoice: then the correction waits.
  init(for own: Charges, from facts: AccountFacts) throws(ArithmeticOverflow) {
    for month in facts.months where month.month < own.month {
      guard let charges = month.charges, let late = month.invoiced?.late else { continue }
      if charges.pricesIncludeTax == own.pricesIncludeTax {
        lines.append(late)
      } else {
        carriedOver.append(CarriedCharge(month: month.month, amount: late.amount))
      }
    }
    if let line = try Self.takingOff(own, invoicedIn: facts.statement.invoices) { lines.append(line) }
    try cap(above: own.total)
  }

  /// What other invoices charge for the month, as a line that takes it off; nil when they charge nothing.
  private static func takingOff(
    _ own: Charges, invoicedIn invoices: [Invoice]
  ) throws(ArithmeticOverflow) -> ChargeLine? {
    guard let invoiced = try InvoicedUsage(of: own.month, in: invoices, currency: own.currency)
    else { return nil }
    let nothing = try Charges(
      month: own.month, currency: own.currency, lines: [], creditedBase: .zero(own.currency),
      pricesIncludeTax: own.pricesIncludeTax)
    return try LateUsage.adjustment(now: nothing, invoiced: invoiced)
  }

  /// Raises credits, those of the latest months first, until the invoice is not below zero.
  private mutating func cap(above total: Money) throws(ArithmeticOverflow) {
    var sum = try total.adding(Money.sum(of: lines.lazy.map(\.amount), in: total.currency))
    let zero = Money.zero(total.currency)
    for index in lines.indices.reversed() where sum.isNegative && lines[index].amount.isNegative {
      let line = lines[index]
      let waiting = line.amount.greatest(sum)
      carriedOver.append(CarriedCharge(month: line.servicePeriod.start.date.month, amount: waiting))
      lines[index] = line.withAmount(try line.amount.subtracting(waiting))
      sum = try sum.subtracting(waiting)
    }
    lines.removeAll { $0.amount == zero && $0.quantity == 0 }
    carriedOver.sort { $0.month < $1.month }
  }
}

extension ChargeLine {
  fileprivate func withAmount(_ amount: Money) -> ChargeLine {
    ChargeLine(
      kind: kind, planName: planName, servicePeriod: servicePeriod, quantity: quantity, gross: amount,
      amount: amount)
  }
}
