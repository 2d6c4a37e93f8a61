/// Named values, few enough that walking them in order is faster than hashing.
package struct TemplateObject: Sendable, ExpressibleByDictionaryLiteral {
  /// The fields in the order they were added; names are unique, which the maker promises.
  package var fields: [(TemplateName, TemplateValue)]

  /// Makes an object of fields whose names differ.
  package init(_ fields: [(TemplateName, TemplateValue)] = []) { self.fields = fields }

  /// Makes an object of fields whose names differ, without a copy of them.
  package init(dictionaryLiteral fields: (TemplateName, TemplateValue)...) { self.fields = fields }

  /// Adds a field whose name is not there yet.
  package mutating func add(_ name: TemplateName, _ value: TemplateValue) { fields.append((name, value)) }

  /// The value of that name, or nil when there is no such field.
  ///
  /// - Complexity: O(*n*) in the number of fields, one integer comparison each.
  package subscript(name: TemplateName) -> TemplateValue? {
    var index = 0
    while index < fields.count {
      if fields[index].0 == name { return fields[index].1 }
      index += 1
    }
    return nil
  }
}
