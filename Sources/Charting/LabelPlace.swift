/// Where a text stands in a plot: centred upon its column or point, or kept within the plot at its ends.
///
/// Chosen for the narrowest plot. Texts that do not touch there touch nowhere, since their places move apart as the
/// plot grows and they do not.
struct LabelPlace: Hashable, Sendable {
  /// Which part of the text is at its place; the class of the text says it.
  enum Anchor: String, Sendable {
    case start = " xs"
    case middle = ""
    case end = " xe"
  }

  /// Of the narrowest plot, in tenths of a pixel: what paddings and an axis leave of a small screen.
  static let narrowPlot: Int64 = 2_600
  /// Of the narrowest plot that shows texts of class `o`, in tenths of a pixel: 32 rem less an axis.
  static let widePlot: Int64 = 4_400
  /// How far a text may reach beyond its plot, in tenths of a pixel: no farther than the card around does.
  static let overhang: Int64 = 80
  /// The least distance of two texts in a row, in tenths of a pixel; their widths are generous already.
  static let distance: Int64 = 20

  let anchor: Anchor
  /// In hundredths of a per cent, from the start of the plot.
  let x: Int64
  /// Of the text, in tenths of a pixel.
  let width: Int64

  private init(_ anchor: Anchor, _ x: Int64, _ width: Int64) {
    (self.anchor, self.x, self.width) = (anchor, x, width)
  }

  /// Centred upon a column or a point; at an end of the plot it begins or ends where the column does.
  init(_ text: String, on column: Extent) {
    let width = TextWidth(of: text).tenths
    let centred = LabelPlace(.middle, column.middle, width)
    let extent = centred.extent(in: Self.narrowPlot)
    if column.middle < 5_000, extent.start < -Self.overhang {
      self = LabelPlace(.start, column.start, width)
    } else if column.middle >= 5_000, extent.end > Self.narrowPlot + Self.overhang {
      self = LabelPlace(.end, column.end, width)
    } else {
      self = centred
    }
  }

  /// Up to a point.
  init(_ text: String, before x: Int64) { self = LabelPlace(.end, x, TextWidth(of: text).tenths) }

  /// From a point on.
  init(_ text: String, after x: Int64) { self = LabelPlace(.start, x, TextWidth(of: text).tenths) }

  /// What the text covers of a plot of a width, both in tenths of a pixel.
  func extent(in plotWidth: Int64) -> Extent {
    let place = x * plotWidth / 10_000
    switch anchor {
    case .start: return Extent(place, width)
    case .middle: return Extent(place - width / 2, width)
    case .end: return Extent(place - width, width)
    }
  }

  /// Whether the text keeps within a plot of a width.
  func fits(in plotWidth: Int64) -> Bool {
    let extent = extent(in: plotWidth)
    return extent.start >= -Self.overhang && extent.end <= plotWidth + Self.overhang
  }

  /// Whether the texts come too near each other in a plot of a width.
  func touches(_ other: LabelPlace, in plotWidth: Int64) -> Bool {
    extent(in: plotWidth).touches(other.extent(in: plotWidth), distance: Self.distance)
  }
}
