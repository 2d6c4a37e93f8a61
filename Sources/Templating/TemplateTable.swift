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
}

extension TemplateTable {
  package func shape(of row: Int) -> RowShape? { nil }
}

/// What rows have in common whose values are the same but for one: a template makes the same of them around that.
package struct RowShape: Equatable, Sendable {
  /// Rows of one number, in whichever table of a page, differ in nothing but the value of `varying`.
  package let number: Int32
  package let varying: TemplateName

  package init(_ number: Int32, varying: TemplateName) {
    self.number = number
    self.varying = varying
  }
}
