package import FolioBilling

/// What a month costs, as lines and as sums.
package struct Charges: Hashable, Sendable {
  package let month: CalendarMonth
  package let currency: Currency
  /// Fees, messages, partners, commitments, discounts, then whatever was added.
  package let lines: [ChargeLine]
  package let pricesIncludeTax: Bool
  /// Segments whose messages were rated together, with what they cost before the base fee covers any.
  package let messageGroups: [MessageGroup]
  /// Base fees of all segments, prorated.
  package let baseFees: Money
  /// Those of `baseFees` that messages are credited against.
  package let creditedBase: Money
  /// Those of `baseFees` that come on top of messages.
  package let addedBase: Money
  /// Charges of messages before the base fee covers any: messages, packages and flat fees of their tiers.
  package let messageChargesGross: Money
  /// The same, less what the base fee covers.
  package let messageChargesNet: Money
  package let partnerFees: Money
  /// Commitments, discounts, credits and late usage.
  package let otherCharges: Money
  /// The part of the credited base fees that messages did not use up.
  package let unusedBase: Money
  /// What is charged beyond the base fees.
  package let usageCharges: Money
  package let total: Money

  /// Sums up lines; `creditedBase` is the part of the base fees that messages are credited against.
  ///
  /// - Complexity: O(n).
  package init(
    month: CalendarMonth, currency: Currency, lines: [ChargeLine], creditedBase: Money,
    pricesIncludeTax: Bool = false, messageGroups: [MessageGroup] = []
  ) throws(ArithmeticOverflow) {
    self.month = month
    self.currency = currency
    self.lines = lines
    self.pricesIncludeTax = pricesIncludeTax
    self.messageGroups = messageGroups
    self.creditedBase = creditedBase
    let sums = try FamilySums(lines, in: currency)
    (baseFees, partnerFees, otherCharges) = (sums.base, sums.partners, sums.other)
    (messageChargesGross, messageChargesNet) = (sums.messagesGross, sums.messages)
    addedBase = try baseFees.subtracting(creditedBase)
    unusedBase = try creditedBase.subtracting(messageChargesGross.subtracting(messageChargesNet))
    total = sums.total
    usageCharges = try total.subtracting(baseFees)
  }

  /// The whole month, half-open.
  package var period: BillingPeriod { month.period }

  /// Messages of the month on the lines, those that cost nothing included.
  package func messageQuantity() throws(ArithmeticOverflow) -> Int64 {
    try lines.messageQuantity(in: month)
  }

  /// What each of `messages` costs before the base fee covers any; nil where they have several prices, or where
  /// some of them have none.
  package func singleRate(of messages: Int64) throws(ArithmeticOverflow) -> UnitPrice? {
    let priced = lines.filter { $0.kind.family == .messages }
    guard let rate = priced.first?.unitPrice, try messageQuantity() == messages,
      priced.allSatisfy({ $0.kind == .messages && $0.unitPrice == rate })
    else { return nil }
    return rate
  }

  /// Whether messages have charges of their own in the month.
  package var chargesMessages: Bool { lines.contains { $0.kind.family == .messages } }

  /// The same charges with more lines, such as late usage of an earlier month.
  package func adding(_ more: [ChargeLine]) throws(ArithmeticOverflow) -> Charges {
    try Charges(
      month: month, currency: currency, lines: lines + more, creditedBase: creditedBase,
      pricesIncludeTax: pricesIncludeTax, messageGroups: messageGroups)
  }
}

/// What the lines of each family come to, added up in one walk: a month is rated for each of its days.
private struct FamilySums {
  private(set) var base, messages, messagesGross, partners, other, total: Money

  init(_ lines: [ChargeLine], in currency: Currency) throws(ArithmeticOverflow) {
    let zero = Money.zero(currency)
    (base, messages, messagesGross, partners, other, total) = (zero, zero, zero, zero, zero, zero)
    for line in lines {
      switch line.kind.family {
      case .base: base = try base.adding(line.amount)
      case .messages:
        messages = try messages.adding(line.amount)
        messagesGross = try messagesGross.adding(line.gross)
      case .partners: partners = try partners.adding(line.amount)
      case .other: other = try other.adding(line.amount)
      }
      total = try total.adding(line.amount)
    }
  }
}

extension [ChargeLine] {
  /// Messages on those lines whose service lies in the month.
  func messageQuantity(in month: CalendarMonth) throws(ArithmeticOverflow) -> Int64 {
    var quantity: Int64 = 0
    for line in self where line.kind.countsMessages && line.serves(month) {
      quantity = try quantity.addingChecked(line.quantity ?? 0)
    }
    return quantity
  }
}

extension ChargeLine {
  /// Whether the whole service lies in the month.
  func serves(_ month: CalendarMonth) -> Bool { month.period.intersection(servicePeriod) == servicePeriod }
}
