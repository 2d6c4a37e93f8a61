package import FolioBilling

/// A draft beside the month before it.
package struct PreviewRow: Sendable {
  package let customerID: CustomerID
  package let name: String?
  /// The amount invoiced for the month before, before tax, else that month's charges; nil where there are none.
  package let before: Money?
  /// What is charged, before tax; nil where nothing could be rated.
  package let amount: Money?
  package let tax: Money?
  package let total: Money?
  /// The part of `amount` that corrects earlier months.
  package let corrections: Money?
  package let remarks: [InvoiceRemark]

  /// By how much the amount exceeds that of the month before, in per cent with one digit, half away from zero.
  ///
  /// Nil where either is not known or the month before had nothing.
  package var changePercent: ExactDecimal? {
    guard let before, let amount, before.currency == amount.currency, before.minorUnits > 0 else {
      return nil
    }
    do throws(ArithmeticOverflow) {
      let difference = Int128(amount.minorUnits) - Int128(before.minorUnits)
      let tenths = try roundedQuotient(difference * 1_000, Int128(before.minorUnits))
      return ExactDecimal(coefficient: tenths, scale: 1)
    } catch {
      return nil
    }
  }

  /// Whether the amount is more than 30 per cent from that of the month before.
  static func isChanged(_ amount: Money, from before: Money) -> Bool {
    if amount.currency != before.currency { return true }
    let difference = Int128(amount.minorUnits) - Int128(before.minorUnits)
    return difference.magnitude * 100 > Int128(before.minorUnits).magnitude * 30
  }
}
