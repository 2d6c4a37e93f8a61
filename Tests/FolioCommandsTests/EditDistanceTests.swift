import FolioCommands
import Testing

@Suite struct EditDistanceTests {
  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("build", "build", 0), ("build", "built", 1),
    ("build", "buld", 1), ("buld", "build", 1), ("biuld", "build", 1), ("kitten", "sitting", 3),
    // Swapped bytes with one put between them: 2 where a restricted distance says 3.
    ("ca", "abc", 2), ("a cat", "an act", 2), ("é", "e", 2), ("\u{E9}", "e\u{301}", 3),
  ])
  func `edits are counted by bytes, a swap as one`(_ left: String, _ right: String, _ distance: Int) {
    #expect(editDistance(left, right) == distance)
    #expect(editDistance(right, left) == distance)
  }

  @Test(arguments: [
    ("biuld", "build"), ("doctr", "doctor"), ("x", nil), ("demolition", nil), ("", nil), ("ini", "init"),
    ("imprt", "import"), ("BUILD", nil),
  ])
  func `the nearest name is found when it is near`(_ word: String, _ name: String?) {
    #expect(nearestName(to: word, among: ["init", "import", "build", "demo", "doctor"]) == name)
  }

  @Test func `of names equally near the first is taken`() {
    #expect(nearestName(to: "cat", among: ["bat", "car"]) == "bat")
    #expect(nearestName(to: "cat", among: ["car", "bat"]) == "car")
  }

  @Test func `a very long word is not measured`() {
    let word = String(repeating: "a", count: 10_000_000)
    #expect(nearestName(to: word, among: ["build"]) == nil)
  }
}
