/// Which way a chart is read; the page around it says the same with `dir`.
///
/// Charts are laid out from left to right and mirrored when they are written. Text anchors are logical, so they
/// follow the page by themselves.
package enum ChartDirection: Sendable, CaseIterable {
  /// The first column is at the left.
  case leftToRight
  /// The first column is at the right.
  case rightToLeft

  /// Where a point lies on the page, of a plot that is `whole` wide.
  func x(_ x: Int64, of whole: Int64 = 10_000) -> Int64 { self == .leftToRight ? x : whole - x }

  /// Where a stretch lies on the page, in hundredths of a per cent.
  func x(_ extent: Extent) -> Extent {
    self == .leftToRight ? extent : Extent(10_000 - extent.end, extent.length)
  }
}
