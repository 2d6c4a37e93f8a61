import Templating

/// A chart with its numbers: one series of rows, from which come the picture, the table under it and a CSV.
struct Figure {
  /// Unique in its page: ASCII letters and digits.
  let id: String
  let title: String
  /// Whether the title is a name from data, which may have another direction than the page.
  var isNamedByData = false
  /// What is measured, and in which unit; null for nothing to say.
  var subtitle: TemplateValue = .null
  /// What the colours stand for; none where there is one series.
  var key: [FigureKey] = []
  /// The picture; null where the table is the picture.
  var chart: TemplateValue = .null
  /// What stands in the place of numbers that are not there, and what happens next.
  var empty: TemplateValue = .null
  let table: FigureTable
  /// Whether the table shows without being asked for, because it is the picture or says what the picture does not.
  var isOpen = false
  /// Whether it is left out on paper.
  var isForScreens = false
}

/// What a colour of a chart stands for.
struct FigureKey {
  /// The class of the swatch.
  let style: String
  let label: String
}

/// The numbers of a figure, as people and as machines read them.
struct FigureTable {
  /// The most rows that one page shows.
  static let rowsLimit = 100
  /// The most rows that have pictures; the rest is compact.
  static let picturesLimit = 20

  let columns: [FigureColumn]
  let rows: [FigureRow]
  /// One value for each column; nil for no row of totals.
  var total: [TemplateValue]?
  /// How many rows the page itself shows, where further pages hold the rest.
  var firstRows = FigureTable.rowsLimit
  /// A class of the table that says how it stands on a narrow page; nil for none.
  var style: String?
}

/// A column of a figure's table; the first one names the row.
struct FigureColumn {
  /// The name in the CSV; nil for a column of pictures or words, which is for people alone.
  let key: String?
  let label: String
  var isNumber = true
  /// Whether the column is in the CSV alone.
  var isForMachines = false
  /// Whether the column is left out where there is no room for it.
  var isSecondary = false
}
