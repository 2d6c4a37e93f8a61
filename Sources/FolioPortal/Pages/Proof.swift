import FolioAccounts
import FolioBilling
import FolioRating
import Templating

/// Proves the sums of pages again before they are printed: what does not agree is no page.
enum Proof {
  /// Lines and taxes to what an invoice asks for, and its partners to its lines.
  ///
  /// - Throws: `PortalError.sumsDisagree`, `ArithmeticOverflow`.
  static func check(_ invoice: Invoice) throws {
    let path = PortalPaths.invoice(invoice.id)
    try check(Reconciliation.faults(in: invoice.document), at: path)
    try check(invoice.document.partnerShareFaults().isEmpty ? [] : [.partnersToCharges], at: path)
  }

  /// The costs of partners, as a page has them, to the gross message charges and fees that they share.
  ///
  /// - Throws: `PortalError.sumsDisagree`.
  static func check(costs: [Money], of month: MonthFacts) throws(PortalError) {
    guard let identity = month.allocation?.identity else { return }
    let printed = costs.reduce(into: Int128(0)) { $0 += Int128($1.minorUnits) }
    let expected =
      Int128(identity.grossMessageCharges.minorUnits) + Int128(identity.partnerFees.minorUnits)
    try check(printed == expected ? [] : [.partnersToCharges], at: PortalPaths.usage(month.month))
  }

  private static func check(_ faults: [ReconciliationFault], at path: String) throws(PortalError) {
    if let fault = faults.first { throw .sumsDisagree(path: path, fault: fault) }
  }
}
