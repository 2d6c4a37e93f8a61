package import FolioBilling

/// The share of messages that were delivered.
package enum SuccessRate {
  /// In per cent, floored to two decimals and trimmed (`99.9`), so never 100 while one failed.
  ///
  /// Gives nil without messages.
  package static func percent(messages: Int64, failed: Int64) -> ExactDecimal? {
    guard messages > 0 else { return nil }
    let delivered = max(0, Int128(messages) - Int128(max(0, failed)))
    return ExactDecimal(coefficient: Int64(delivered * 10_000 / Int128(messages)), scale: 2).trimmed
  }
}
