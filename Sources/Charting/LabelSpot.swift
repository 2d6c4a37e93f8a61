/// A place and a baseline that a text in a plot may have; the baseline is in tenths of a pixel from above.
struct LabelSpot: Hashable {
  let place: LabelPlace
  let y: Int64

  /// What a line has to keep above so as not to cross the text.
  var top: Int64 { y - 110 }
  /// What a line has to keep below so as not to cross the text.
  var bottom: Int64 { y + 45 }

  /// Above a point or line at `y`, `row` lines of text away from it.
  static func above(_ y: Int64, _ place: LabelPlace, row: Int64 = 0) -> LabelSpot {
    LabelSpot(place: place, y: y - 80 - row * PlotLabels.lineHeight)
  }

  /// Below a point or line at `y`, `row` lines of text away from it.
  static func below(_ y: Int64, _ place: LabelPlace, row: Int64 = 0) -> LabelSpot {
    LabelSpot(place: place, y: y + 170 + row * PlotLabels.lineHeight)
  }
}
