import FolioBilling
import Templating

/// How a figure compares with an earlier one, as a note beside it: an arrow, how much, and with what.
struct Comparison {
  let messages: MessageCatalog

  /// Null where the earlier figure is nothing, so that no share of it can be told.
  ///
  /// - Parameters:
  ///   - period: what the earlier figure is of, in words.
  ///   - leastBase: an earlier figure below it says too little to be compared with.
  func note(
    _ now: Int64, before: Int64, period: TemplateValue, leastBase: Int64 = 1
  ) throws -> TemplateValue {
    guard before >= leastBase, let change = Self.change(now, before: before) else { return .null }
    return try messages.sentence(
      "compare.\(change.word)", ["percent": .changePercent(tenths: change.tenths), "period": period])
  }

  /// Whether a figure went up, down or nowhere, and by how many tenths of a per cent; nil where the earlier one is nothing.
  static func change(_ now: Int64, before: Int64) -> (word: String, tenths: Int64)? {
    guard before > 0 else { return nil }
    let (difference, base) = (Int128(now) - Int128(before), Int128(before))
    let tenths = Int64(clamping: (Int128(difference.magnitude) * 2_000 + base) / (base * 2))
    return (tenths == 0 ? "same" : difference > 0 ? "up" : "down", tenths)
  }

  func note(_ now: Money?, before: Money?, period: TemplateValue) throws -> TemplateValue {
    guard let now, let before, now.currency == before.currency else { return .null }
    return try note(now.minorUnits, before: before.minorUnits, period: period)
  }
}
