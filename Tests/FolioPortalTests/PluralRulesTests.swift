import FolioPortal
import Testing

@Suite struct PluralRulesTests {
  @Test(arguments: [
    (0, "zero"), (1, "one"), (2, "two"), (3, "few"), (10, "few"), (11, "many"), (99, "many"), (100, "other"),
    (102, "other"), (103, "few"), (110, "few"), (111, "many"), (200, "other"), (1_005, "few"),
  ])
  func `Arabic has six forms`(count: Int64, form: String) throws {
    let rules = try #require(
      PluralRules([
        ("zero", "n = 0"), ("one", "n = 1"), ("two", "n = 2"), ("few", "n % 100 = 3..10"),
        ("many", "n % 100 = 11..99"),
      ]))
    #expect(rules.form(of: count) == form)
  }

  @Test(arguments: [
    (1, "one"), (21, "one"), (11, "many"), (2, "few"), (12, "many"), (24, "few"), (0, "many"), (5, "many"),
    (-1, "one"),
  ])
  func `the rules of Russian can be written`(count: Int64, form: String) throws {
    let rules = try #require(
      PluralRules([
        ("one", "n % 10 = 1 and n % 100 != 11"), ("few", "n % 10 = 2..4 and n % 100 != 12..14"),
        ("many", "n % 10 = 0 or n % 10 = 5..9 or n % 100 = 11..14"),
      ]))
    #expect(rules.form(of: count) == form)
  }

  @Test(arguments: [
    "", "n", "n = ", "n = x", "i = 1", "n % 0 = 1", "n = 5..3", "n == 1", "n = 1 and", "n = 1,,2",
  ])
  func `a rule that cannot be read is refused`(rule: String) {
    #expect(PluralRules([("one", rule)]) == nil)
  }

  @Test func `a name that is no plural form is refused`() {
    #expect(PluralRules([("several", "n = 1")]) == nil)
  }
}
