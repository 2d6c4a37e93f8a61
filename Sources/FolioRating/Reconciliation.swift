package import FolioBilling

/// Why partner costs and charges differ: gross message charges + unused base + added base + partner fees +
/// other charges = charges.
package struct ReconcilingIdentity: Hashable, Sendable {
  package let grossMessageCharges: Money
  /// The part of the base fee that messages did not use up.
  package let unusedBase: Money
  /// Base fees that come on top of messages; zero for most plans.
  package let addedBase: Money
  package let partnerFees: Money
  /// Commitments, discounts, credits and late usage.
  package let other: Money
  package let charges: Money

  package init(
    grossMessageCharges: Money, unusedBase: Money, addedBase: Money, partnerFees: Money, other: Money,
    charges: Money
  ) {
    self.grossMessageCharges = grossMessageCharges
    self.unusedBase = unusedBase
    self.addedBase = addedBase
    self.partnerFees = partnerFees
    self.other = other
    self.charges = charges
  }

  package init(_ charges: Charges) {
    self.init(
      grossMessageCharges: charges.messageChargesGross, unusedBase: charges.unusedBase,
      addedBase: charges.addedBase, partnerFees: charges.partnerFees, other: charges.otherCharges,
      charges: charges.total)
  }

  /// The identity of several months together.
  package init(
    sumOf identities: [ReconcilingIdentity], in currency: Currency
  ) throws(ArithmeticOverflow) {
    self.init(
      grossMessageCharges: try Money.sum(of: identities.lazy.map(\.grossMessageCharges), in: currency),
      unusedBase: try Money.sum(of: identities.lazy.map(\.unusedBase), in: currency),
      addedBase: try Money.sum(of: identities.lazy.map(\.addedBase), in: currency),
      partnerFees: try Money.sum(of: identities.lazy.map(\.partnerFees), in: currency),
      other: try Money.sum(of: identities.lazy.map(\.other), in: currency),
      charges: try Money.sum(of: identities.lazy.map(\.charges), in: currency))
  }

  /// Whether the terms sum to the charges.
  package var holds: Bool {
    exactSum([grossMessageCharges, unusedBase, addedBase, partnerFees, other]) == exactSum([charges])
  }
}

/// A sum that does not agree.
package enum ReconciliationFault: Hashable, Sendable {
  /// Quantity × unit price × share is not the gross amount of this line, by position.
  case lineProduct(Int)
  /// Gross less covered is not the amount of this line, by position.
  case lineAmount(Int)
  /// The lines do not sum to the total.
  case linesToTotal
  /// Base fees, net messages, partner fees and the rest do not sum to the total.
  case partsToTotal
  /// More of the base is covered than there is, or what is left is negative.
  case coverage
  case identity
  /// Partner costs do not sum to what was to be allocated.
  case partnersToCharges
  /// Department costs do not sum to partner costs.
  case departmentsToPartners
  /// Lines and taxes do not sum to the amount due.
  case linesAndTaxToInvoice
  /// The quarters do not sum to the year.
  case quartersToYear
}

/// Proves sums again from their parts, in 128 bits, without trusting the code that made them.
package enum Reconciliation {
  /// What does not agree in a month's charges; empty when all does.
  package static func faults(in charges: Charges) -> [ReconciliationFault] {
    var faults = lineFaults(charges.lines)
    if exactSum(charges.lines.lazy.map(\.amount)) != exactSum([charges.total]) {
      faults.append(.linesToTotal)
    }
    let parts = [charges.baseFees, charges.messageChargesNet, charges.partnerFees, charges.otherCharges]
    if exactSum(parts) != exactSum([charges.total])
      || exactSum([charges.baseFees, charges.usageCharges]) != exactSum([charges.total])
    {
      faults.append(.partsToTotal)
    }
    let covered = exactSum(charges.lines.lazy.map(\.covered))
    if charges.unusedBase.isNegative
      || covered + exactSum([charges.unusedBase]) != exactSum([charges.creditedBase])
    {
      faults.append(.coverage)
    }
    if !ReconcilingIdentity(charges).holds { faults.append(.identity) }
    return faults
  }

  /// What does not agree between an allocation and the charges that it allocates.
  package static func faults(in allocation: Allocation) -> [ReconciliationFault] {
    let (identity, partners, departments) = (allocation.identity, allocation.partners, allocation.departments)
    var faults: [ReconciliationFault] = identity.holds ? [] : [.identity]
    if exactSum(partners.lazy.map(\.messageCharges)) != exactSum([identity.grossMessageCharges])
      || exactSum(partners.lazy.map(\.partnerFees)) != exactSum([identity.partnerFees])
    {
      faults.append(.partnersToCharges)
    }
    if exactSum(departments.lazy.map(\.cost)) != exactSum(partners.lazy.map(\.cost)) {
      faults.append(.departmentsToPartners)
    }
    return faults
  }

  /// What does not agree in an itemised invoice; empty for one that has only a total.
  package static func faults(in document: InvoiceDocument) -> [ReconciliationFault] {
    guard let subtotal = document.subtotal, !document.lines.isEmpty else { return [] }
    var faults = lineFaults(document.lines)
    let (lines, tax) = (
      exactSum(document.lines.lazy.map(\.amount)), exactSum(document.taxes.lazy.map(\.amount))
    )
    if lines != exactSum([subtotal]) { faults.append(.linesToTotal) }
    let due = exactSum([document.amountDue])
    let containsTax = lines == due && exactSum(document.taxes.lazy.map(\.taxable)) + tax == lines
    if lines + tax != due && !containsTax { faults.append(.linesAndTaxToInvoice) }
    return faults
  }

  /// What does not agree between a year and its quarters.
  package static func faults(in year: TaxYear) -> [ReconciliationFault] {
    let agrees =
      exactSum(year.quarters.lazy.map(\.charges)) == exactSum([year.totalCharges])
      && exactSum(year.quarters.lazy.map(\.tax)) == exactSum([year.applicableTax])
      && exactSum(year.taxes.lazy.map(\.amount)) == exactSum([year.applicableTax])
      && exactSum([year.baseSubscription, year.usageCharges, year.notItemised])
        == exactSum([year.totalCharges, year.credited])
    return agrees ? [] : [.quartersToYear]
  }

  private static func lineFaults(_ lines: [ChargeLine]) -> [ReconciliationFault] {
    lines.enumerated().flatMap { position, line in
      var faults: [ReconciliationFault] = []
      if !line.isProductExact { faults.append(.lineProduct(position)) }
      if line.covered.isNegative || exactSum([line.amount, line.covered]) != exactSum([line.gross]) {
        faults.append(.lineAmount(position))
      }
      return faults
    }
  }
}

private func exactSum(_ amounts: some Sequence<Money>) -> Int128 {
  amounts.reduce(into: 0) { $0 += Int128($1.minorUnits) }
}
