import JSON

/// What of `expected` is not in `actual` with the same value, the same spelling of numbers and in the same
/// order; further members may follow.
func differences(of actual: JSONValue, from expected: JSONValue, at path: String = "$") -> [String] {
  switch (expected, actual) {
  case (.object(let expected), .object(let actual)): members(of: actual, from: expected, at: path)
  case (.array(let expected), .array(let actual)) where actual.count >= expected.count:
    zip(actual, expected).enumerated().flatMap { differences(of: $1.0, from: $1.1, at: "\(path)[\($0)]") }
  default: expected == actual ? [] : ["\(path): \(actual) is not \(expected)"]
  }
}

private func members(of actual: JSONObject, from expected: JSONObject, at path: String) -> [String] {
  let names = actual.members.prefix(expected.members.count).map(\.name)
  if names != expected.members.map(\.name) { return ["\(path): members \(names)"] }
  return zip(actual.members, expected.members).flatMap {
    differences(of: $0.value, from: $1.value, at: "\(path).\($1.name)")
  }
}
