import FolioAccounts
package import FolioBilling
package import JSON

/// A figure of an answer that the rules do not confirm.
package struct Difference: Hashable, Sendable {
  /// Where the figure stands: `usage_to_date.messages`, `departments[0].cost`.
  package let path: String
  /// The figure as the answer has it.
  package let stated: String
  /// What the rules give; nil where no rule or no fact gives anything.
  package let computed: String?

  package init(path: String, stated: String, computed: String?) {
    self.path = path
    self.stated = stated
    self.computed = computed
  }
}

/// Why an answer cannot be compared.
package enum AnswerError: Error, Equatable, Sendable {
  /// The value has the shape of no answer.
  case unrecognised
}

/// Compares derived figures of the API with what the rules make of the stored facts.
package enum AnswerComparison {
  /// Every figure that differs, in the order of the answer, without any tolerance.
  ///
  /// Amounts are equal when they are the same number, whatever their zeros at the end. An answer that is itself
  /// a fact differs from nothing. Rows of lists are found by department, partner or quarter, else by position.
  ///
  /// Without a statement nothing is known of the customer, and so nothing is confirmed.
  ///
  /// - Throws: `AnswerError.unrecognised`, `RatingError`, `ArithmeticOverflow`.
  package static func differences(answer: JSONValue, statement: Statement?) throws -> [Difference] {
    guard let kind = AnswerKind.recognise(answer) else { throw AnswerError.unrecognised }
    if kind.isFact { return [] }
    let computed = try statement.flatMap {
      try ComputedAnswer(AccountFacts($0)).value(of: kind, like: answer)
    }
    return leaves(of: answer, at: "", computed)
  }

  private static func leaves(of stated: JSONValue, at path: String, _ computed: JSONValue?) -> [Difference] {
    switch stated {
    case .object(let object):
      return object.members.flatMap { member in
        leaves(
          of: member.value, at: path.isEmpty ? member.name : "\(path).\(member.name)", computed?[member.name])
      }
    case .array(let elements):
      return elements.enumerated().flatMap { index, element in
        leaves(of: element, at: "\(path)[\(index)]", computed?.counterpart(of: element, at: index))
      }
    case .null, .bool, .number, .string:
      if let computed, computed.isSameFigure(as: stated) { return [] }
      return [Difference(path: path, stated: stated.figureText, computed: computed?.knownText)]
    }
  }
}

extension JSONValue {
  /// A member of an object.
  fileprivate subscript(name: String) -> JSONValue? {
    if case .object(let object) = self { object[name] } else { nil }
  }

  /// The element of this array that is about the same subject.
  fileprivate func counterpart(of element: JSONValue, at index: Int) -> JSONValue? {
    guard case .array(let elements) = self else { return nil }
    for key in ["department", "partner_id", "quarter"] {
      if let subject = element[key] { return elements.first { $0[key] == subject } }
    }
    return elements.indices.contains(index) ? elements[index] : nil
  }

  fileprivate func isSameFigure(as other: JSONValue) -> Bool {
    guard case .number(let left) = self, case .number(let right) = other else { return self == other }
    guard let first = try? ExactDecimal(left.text), let second = try? ExactDecimal(right.text) else {
      return left == right  // a number beyond exact decimals is compared as it is written
    }
    return first.trimmed == second.trimmed
  }

  /// The figure without quotes.
  fileprivate var figureText: String {
    switch self {
    case .string(let text): text
    case .number(let number): number.text
    case .bool(let value): value ? "true" : "false"
    case .null: "null"
    case .array, .object: String(decoding: canonicalBytes, as: UTF8.self)
    }
  }

  /// The figure; nil for null, which says that it is not known.
  fileprivate var knownText: String? { self == .null ? nil : figureText }
}
