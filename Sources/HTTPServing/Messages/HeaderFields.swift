/// The header fields of a request in their order, over one copy of its head.
package struct HeaderFields: Sendable {
  struct Entry: Sendable {
    let name: Range<Int>
    let value: Range<Int>
  }

  private let head: [UInt8]
  private let entries: [Entry]

  init(head: [UInt8], entries: [Entry]) {
    self.head = head
    self.entries = entries
  }

  /// How many fields there are.
  package var count: Int { entries.count }

  /// The name of a field in the case it was sent in, and its value without white space around it.
  package subscript(index: Int) -> (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>) {
    (head[entries[index].name], head[entries[index].value])
  }

  /// The value of the first field of a name, whatever the case of A–Z; nil without one.
  ///
  /// - Complexity: O(*n*) in the number of fields.
  package func first(_ name: String) -> ArraySlice<UInt8>? {
    entries.first { Octets.areEqualFolded(head[$0.name], name) }.map { head[$0.value] }
  }

  /// The values of every field of a name, in order.
  package func all(_ name: String) -> [ArraySlice<UInt8>] {
    entries.filter { Octets.areEqualFolded(head[$0.name], name) }.map { head[$0.value] }
  }

  /// The elements of all fields of a name that is a comma-separated list.
  package func list(_ name: String) -> [ArraySlice<UInt8>] {
    all(name).flatMap(Octets.list)
  }

  /// Whether a list names a token, whatever the case of A–Z.
  func list(_ name: String, contains token: String) -> Bool {
    list(name).contains { Octets.areEqualFolded($0, token) }
  }
}
