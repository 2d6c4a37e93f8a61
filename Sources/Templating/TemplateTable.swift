/// Rows for a section to walk without an object for each of them: columns by name, made when a tag asks for one.
///
/// A class, because a table is handed from value to value and holds more than a value has room for.
package protocol TemplateTable: AnyObject, Sendable {
  /// How many rows there are.
  var count: Int { get }

  /// The value of a name in a row; nil when the table has no such column.
  func value(of name: TemplateName, in row: Int) -> TemplateValue?
}
