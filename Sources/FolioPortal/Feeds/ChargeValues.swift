import FolioAccounts
import FolioBilling
import FolioRating
import Templating

/// Charges as feeds have them: sums, and lines that explain themselves.
enum ChargeValues {
  private static let lineFields = FieldNames(
    .kind, .plan, .servicePeriodStart, .servicePeriodEnd, .quantity, .unitPrice,
    .proratedSeconds, .proratedOfSeconds, .gross, .covered, .amount, .grossMinor, .coveredMinor,
    .amountMinor, .label, .rate, .basis, .basisMinor)

  /// Quantity × unit price (× share) = gross, or −(rate × basis) = gross; gross − covered = amount.
  static func line(_ line: ChargeLine) -> TemplateValue {
    lineFields.row(
      .text(line.kind.rawValue), .text(line.planName), .day(of: line.servicePeriod.start),
      .day(of: line.servicePeriod.inclusiveEnd), .count(line.quantity), .unitPrice(line.unitPrice),
      line.proration.map { .integer($0.seconds) } ?? .null,
      line.proration.map { .integer($0.ofSeconds) } ?? .null, .money(line.gross), .money(line.covered),
      .money(line.amount), .minor(line.gross), .minor(line.covered), .minor(line.amount), .text(line.label),
      .rate(line.rate), .money(line.basis), .minor(line.basis))
  }

  /// Lines in their order; null where no plan rates the month.
  static func lines(_ lines: [ChargeLine]?) -> TemplateValue { lines.map { .list($0.map(line)) } ?? .null }

  /// The sums of a month and its lines; null where no plan rates it.
  static func charges(_ charges: Charges?) -> TemplateValue {
    guard let charges else { return .null }
    return .fields([
      .total: .money(charges.total),
      .baseFees: .money(charges.baseFees),
      .usageCharges: .money(charges.usageCharges),
      .messageCharges: .money(charges.messageChargesNet),
      .partnerFees: .money(charges.partnerFees),
      .otherCharges: .money(charges.otherCharges),
      .totalMinor: .minor(charges.total),
      .pricesIncludeTax: .bool(charges.pricesIncludeTax),
      .lines: lines(charges.lines),
    ])
  }

  /// What was invoiced for a month, on which invoice first, and what the next invoice adds; null where no
  /// itemised invoice is over it.
  static func invoiced(_ month: InvoicedMonth?, now charges: Charges?) throws -> TemplateValue {
    guard let month, let usage = month.usage else { return .null }
    let difference = try charges.map { try $0.total.subtracting(usage.amount) }
    return .fields([
      .invoiceId: .text(month.invoices[0].id.text),
      .number: .text(month.invoices[0].document.number),
      .amount: .money(usage.amount),
      .difference: .money(difference),
      .amountMinor: .minor(usage.amount),
      .differenceMinor: .minor(difference),
      .messages: .count(usage.quantity),
    ])
  }

  /// Why partner costs and charges differ: the terms sum to the charges.
  static func reconciliation(_ identity: ReconcilingIdentity?) -> TemplateValue {
    guard let identity else { return .null }
    return .fields([
      .grossMessageCharges: .money(identity.grossMessageCharges),
      .unusedBase: .money(identity.unusedBase),
      .addedBase: .money(identity.addedBase),
      .partnerFees: .money(identity.partnerFees),
      .otherCharges: .money(identity.other),
      .charges: .money(identity.charges),
      .holds: .bool(identity.holds),
    ])
  }
}
