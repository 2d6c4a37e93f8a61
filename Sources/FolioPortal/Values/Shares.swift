import FolioBilling
import Templating

/// Parts of a whole in per cent with two digits, which sum to 100.00.
enum Shares {
  /// The whole itself; null where it is nothing, or not known.
  static func total(of amount: Money?) -> TemplateValue {
    guard let amount, amount.minorUnits > 0 else { return .null }
    return .percent(ExactDecimal(coefficient: 100, scale: 0))
  }

  /// One for each of `parts`; null where the whole is nothing.
  static func percents(of parts: [Int64]) -> [TemplateValue] {
    guard parts.contains(where: { $0 > 0 }), parts.allSatisfy({ $0 >= 0 }) else {
      return parts.map { _ in .null }
    }
    return Int64(10_000).split(across: parts).map {
      .percent(ExactDecimal(coefficient: $0, scale: 2))
    }
  }
}
