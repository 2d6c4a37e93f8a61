/// Named values, few enough that walking them in order is faster than hashing.
package struct TemplateObject: Sendable, ExpressibleByDictionaryLiteral {
  /// What a site has millions of are rows, which share their names; only what stands alone pairs them.
  @usableFromInline
  enum Fields: Sendable {
    case pairs([(TemplateName, TemplateValue)])
    case row([TemplateName], [TemplateValue])
    /// One object and what follows it.
    indirect case joined(TemplateObject, TemplateObject)
  }

  /// In the order they were added; names are unique, which the maker promises.
  @usableFromInline var fields: Fields

  /// Makes an object of fields whose names differ.
  package init(_ fields: [(TemplateName, TemplateValue)] = []) { self.fields = .pairs(fields) }

  /// Makes an object of fields whose names differ, without a copy of them.
  @inlinable
  package init(dictionaryLiteral fields: (TemplateName, TemplateValue)...) { self.fields = .pairs(fields) }

  /// Makes an object of values under names that differ, as many as there are values.
  @inlinable
  package init(_ names: [TemplateName], _ values: [TemplateValue]) {
    precondition(names.count == values.count, "a row has a value for each name")
    fields = .row(names, values)
  }

  private init(joined first: TemplateObject, _ second: TemplateObject) { fields = .joined(first, second) }

  /// The fields of both, those of the first one first; of names that both have the first one is found.
  package static func + (first: TemplateObject, second: TemplateObject) -> TemplateObject {
    TemplateObject(joined: first, second)
  }

  /// The value of that name, or nil when there is no such field.
  ///
  /// - Complexity: O(*n*) in the number of fields, one integer comparison each.
  @inlinable
  package subscript(name: TemplateName) -> TemplateValue? {
    switch fields {
    case .pairs(let pairs):
      for index in pairs.indices where pairs[index].0 == name { return pairs[index].1 }
    case .row(let names, let values):
      for index in names.indices where names[index] == name { return values[index] }
    case .joined(let first, let second): return first[name] ?? second[name]
    }
    return nil
  }

  /// Gives each field to `body`, in order.
  @inlinable @inline(__always)
  package func forEach(_ body: (TemplateName, TemplateValue) -> Void) {
    switch fields {
    case .pairs(let pairs): for index in pairs.indices { body(pairs[index].0, pairs[index].1) }
    case .row(let names, let values): for index in names.indices { body(names[index], values[index]) }
    case .joined(let first, let second): Self.forEach(of: first, second, body)
    }
  }

  /// Apart, since what calls itself cannot be a part of its callers.
  @usableFromInline
  static func forEach(
    of first: TemplateObject, _ second: TemplateObject, _ body: (TemplateName, TemplateValue) -> Void
  ) {
    first.forEach(body)
    second.forEach(body)
  }
}
