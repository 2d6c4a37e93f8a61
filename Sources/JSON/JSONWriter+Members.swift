/// Members of objects that a program writes about itself.
extension JSONWriter {
  /// A member whose value is text, or null.
  package mutating func member(_ name: String, _ text: String?) {
    key(name)
    if let text { string(text) } else { null() }
  }

  /// A member whose value is a number.
  package mutating func member(_ name: String, _ count: Int) {
    key(name)
    integer(Int64(count))
  }

  /// A member whose value is true or false.
  package mutating func member(_ name: String, _ flag: Bool) {
    key(name)
    bool(flag)
  }

  /// A list under a name, each element written by `body`.
  package mutating func list<Element>(
    _ name: String, _ elements: [Element], _ body: (Element, inout JSONWriter) -> Void
  ) {
    key(name)
    beginArray()
    for element in elements {
      beginObject()
      body(element, &self)
      endObject()
    }
    endArray()
  }
}
