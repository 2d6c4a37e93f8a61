extension JSONWriter {
  /// Writes a whole value; its numbers keep their source text.
  ///
  /// - Complexity: O(*n*); calls itself once a level.
  package mutating func write(_ value: JSONValue) {
    write(value, sortingMembers: false)
  }

  mutating func write(_ value: JSONValue, sortingMembers: Bool) {
    switch value {
    case .null: null()
    case .bool(let value): bool(value)
    case .number(let number): decimal(number.text)
    case .string(let text): string(text)
    case .array(let elements): write(elements, sortingMembers: sortingMembers)
    case .object(let object): write(object, sortingMembers: sortingMembers)
    }
  }

  private mutating func write(_ elements: [JSONValue], sortingMembers: Bool) {
    beginArray()
    for element in elements { write(element, sortingMembers: sortingMembers) }
    endArray()
  }

  private mutating func write(_ object: JSONObject, sortingMembers: Bool) {
    let members =
      sortingMembers ? object.members.sorted { $0.name.precedesByBytes($1.name) } : object.members
    beginObject()
    for member in members {
      key(member.name)
      write(member.value, sortingMembers: sortingMembers)
    }
    endObject()
  }
}
