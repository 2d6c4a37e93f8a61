/// Where amounts end on a bar from zero that is as wide as its place.
struct BarScale {
  private let greatest: Int64

  /// Takes the greatest amount as the full width; nil when none is above zero.
  init?(covering amounts: [Int64]) {
    greatest = amounts.max() ?? 0
    if greatest <= 0 { return nil }
  }

  /// In hundredths of a per cent, cut off; an amount below zero is at zero.
  func x(of amount: Int64) -> Int64 { amount <= 0 ? 0 : Int64(Int128(amount) * 10_000 / Int128(greatest)) }

  /// The bar from one amount to another; empty when the other is not above the first.
  func bar(from start: Int64 = 0, to end: Int64) -> Extent {
    Extent(from: x(of: start), to: max(x(of: start), x(of: end)))
  }
}
