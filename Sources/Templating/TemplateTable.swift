/// Rows for a section to walk without an object for each of them: columns by name, made when a tag asks for one.
///
/// A class, because a table is handed from value to value and holds more than a value has room for.
package protocol TemplateTable: AnyObject, Sendable {
  /// How many rows there are.
  var count: Int { get }

  /// The value of a name in a row; nil when the table has no such column.
  func value(of name: TemplateName, in row: Int) -> TemplateValue?

  /// What a row looks like, for tables whose rows differ in little; nil, as by default, for a row like no other.
  func shape(of row: Int) -> RowShape?

  /// A value that varies in a cell of a row whose shape has cells.
  func value(of name: TemplateName, inCell cell: Int, of row: Int) -> TemplateValue?
}

extension TemplateTable {
  package func shape(of row: Int) -> RowShape? { nil }
  package func value(of name: TemplateName, inCell cell: Int, of row: Int) -> TemplateValue? { nil }
}
