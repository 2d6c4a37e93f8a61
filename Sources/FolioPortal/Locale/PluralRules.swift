/// Which form of a message a count takes, by rules as the Unicode CLDR writes them for whole numbers.
///
/// A rule is `n = 1`, `n % 100 = 3..10`, `n % 10 = 2..4 and n % 100 != 12..14`; parts joined by `or` of parts joined by
/// `and`. What no rule takes is `other`. Source: Unicode Technical Standard #35, part 3, Language Plural Rules.
package struct PluralRules: Sendable {
  /// The names that CLDR gives to forms, beside `other`.
  static let categories = ["zero", "one", "two", "few", "many"]
  static let other = "other"

  private let rules: [(category: String, condition: Condition)]

  /// Nil for a name or a rule that cannot be read; rules apply in the order of `categories`.
  package init?(_ sources: [(category: String, rule: String)]) {
    var rules: [(category: String, condition: Condition)] = []
    for (category, source) in sources {
      guard Self.categories.contains(category), let condition = Condition(source) else { return nil }
      rules.append((category, condition))
    }
    self.rules = rules
    forms = rules.map(\.category) + [Self.other]
  }

  /// The forms that each message with a count must have.
  let forms: [String]

  package func form(of count: Int64) -> String { forms[formIndex(of: count)] }

  /// Which of `forms` a count takes.
  func formIndex(of count: Int64) -> Int {
    var index = 0
    while index < rules.count, !rules[index].condition.holds(for: count.magnitude) { index += 1 }
    return index
  }
}

/// Relations joined by `and`, of which one group or another holds.
private struct Condition: Sendable {
  private let groups: [[Relation]]

  init?(_ source: String) {
    var groups: [[Relation]] = [[]]
    var words: [Substring] = []
    for word in source.split(separator: " ") + ["and"[...]] {
      guard word == "and" || word == "or" else {
        words.append(word)
        continue
      }
      guard let relation = Relation(words) else { return nil }
      groups[groups.count - 1].append(relation)
      if word == "or" { groups.append([]) }
      words = []
    }
    self.groups = groups
  }

  func holds(for number: UInt64) -> Bool { groups.contains { $0.allSatisfy { $0.holds(for: number) } } }
}

/// `n % 100 = 3..10`.
private struct Relation: Sendable {
  private let modulus: UInt64?
  private let isNegated: Bool
  private let ranges: [ClosedRange<UInt64>]

  init?(_ words: [Substring]) {
    guard words.count == 3 || words.count == 5, words[0] == "n" else { return nil }
    if words.count == 5 {
      guard words[1] == "%", let modulus = UInt64(words[2]), modulus > 0 else { return nil }
      self.modulus = modulus
    } else {
      modulus = nil
    }
    let sign = words[words.count - 2]
    guard sign == "=" || sign == "!=" else { return nil }
    isNegated = sign == "!="
    let ranges = words[words.count - 1].split(separator: ",", omittingEmptySubsequences: false)
      .map(Self.range)
    self.ranges = ranges.compactMap(\.self)
    if self.ranges.count < ranges.count { return nil }
  }

  private static func range(_ text: Substring) -> ClosedRange<UInt64>? {
    let ends = text.split(separator: ".")
    guard let first = ends.first.flatMap({ UInt64($0) }), let last = ends.last.flatMap({ UInt64($0) }),
      ends.count <= 2, first <= last
    else { return nil }
    return first...last
  }

  func holds(for number: UInt64) -> Bool {
    let operand = modulus.map { number % $0 } ?? number
    return ranges.contains { $0.contains(operand) } != isNegated
  }
}
