import Templating

/// A row of a figure's table.
struct FigureRow {
  /// One for each column: texts, and leaves that print for people and for machines; null is not known.
  let values: [TemplateValue]
  /// The path of the page that the row's name leads to; nil for nowhere.
  let target: String?
  /// What most rows have nothing of; nil for none of it.
  let extras: Extras?

  /// What a row may have beside its values; a class, so that the many rows without it are small.
  final class Extras: Sendable {
    let targets: ColumnValues<String>
    let note: TemplateValue
    let remark: TemplateValue
    let pictures: ColumnValues<TemplateValue>
    let styles: ColumnValues<String>

    fileprivate init(
      _ targets: ColumnValues<String>, _ note: TemplateValue, _ remark: TemplateValue,
      _ pictures: ColumnValues<TemplateValue>, _ styles: ColumnValues<String>
    ) {
      self.targets = targets
      self.note = note
      self.remark = remark
      self.pictures = pictures
      self.styles = styles
    }
  }

  /// - Parameters:
  ///   - targets: the paths of the pages that the values of further columns lead to, by the columns' indices.
  ///   - note: a word behind the row's name, such as that the month still runs.
  ///   - remark: a line under the row's name.
  ///   - pictures: markup before the values of columns, by the columns' indices.
  ///   - styles: further classes of the cells of columns, by the columns' indices.
  init(
    values: [TemplateValue], target: String? = nil, targets: ColumnValues<String> = [:],
    note: TemplateValue = .null, remark: TemplateValue = .null,
    pictures: ColumnValues<TemplateValue> = [:], styles: ColumnValues<String> = [:]
  ) {
    self.values = values
    self.target = target
    let isPlain =
      note.isNull && remark.isNull && targets.isEmpty && pictures.isEmpty && styles.isEmpty
    extras = isPlain ? nil : Extras(targets, note, remark, pictures, styles)
  }
}

/// What some columns of a row have: few, so that walking them is faster than hashing.
struct ColumnValues<Value: Sendable>: ExpressibleByDictionaryLiteral, Sendable {
  private let values: [(column: Int, value: Value)]

  init(_ values: [(column: Int, value: Value)]) { self.values = values }

  init(dictionaryLiteral values: (Int, Value)...) { self.values = values }

  var isEmpty: Bool { values.isEmpty }

  /// The value of a column; nil where it has none.
  subscript(column: Int) -> Value? {
    for index in values.indices where values[index].column == column { return values[index].value }
    return nil
  }
}

extension TemplateValue {
  fileprivate var isNull: Bool { if case .null = self { true } else { false } }
}
