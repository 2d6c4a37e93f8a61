/// Named values, few enough that walking them in order is faster than hashing.
package struct TemplateObject: Sendable {
  /// The fields in the order they were added; names are unique, which the maker promises.
  package var fields: [(name: TemplateName, value: TemplateValue)]

  /// Makes an object of fields whose names differ.
  package init(_ fields: [(name: TemplateName, value: TemplateValue)] = []) { self.fields = fields }

  /// Adds a field whose name is not there yet.
  package mutating func add(_ name: TemplateName, _ value: TemplateValue) {
    fields.append((name: name, value: value))
  }

  /// The value of that name, or nil when there is no such field.
  ///
  /// - Complexity: O(*n*) in the number of fields, one integer comparison each.
  package subscript(name: TemplateName) -> TemplateValue? {
    var index = 0
    while index < fields.count {
      if fields[index].name == name { return fields[index].value }
      index += 1
    }
    return nil
  }
}
