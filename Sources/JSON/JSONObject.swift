/// The members of a JSON object in the order of the source; no name occurs twice.
package struct JSONObject: Sendable, Equatable {
  /// Names and values, as they came.
  package let members: [(name: String, value: JSONValue)]

  /// Makes an object of `members` in their order.
  ///
  /// - Precondition: no two names have the same bytes.
  package init(_ members: [(name: String, value: JSONValue)]) {
    var names = NameRegister()
    for (index, member) in members.enumerated() {
      let isNew = names.admits(member.name, after: members[..<index])
      precondition(isNew, "a JSON object holds one member of each name")
    }
    self.members = members
  }

  init(distinct members: [(name: String, value: JSONValue)]) {
    self.members = members
  }

  /// The value of the member whose name has the same bytes as `name`, nil when there is none.
  ///
  /// - Complexity: O(*n*) in the members; walk ``members`` to read a large object whole.
  package subscript(_ name: String) -> JSONValue? {
    for member in members where member.name.hasSameBytes(as: name) { return member.value }
    return nil
  }

  /// Equal means the same names and values in the same order.
  package static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.members.elementsEqual(right.members) { $0.name.hasSameBytes(as: $1.name) && $0.value == $1.value }
  }
}
