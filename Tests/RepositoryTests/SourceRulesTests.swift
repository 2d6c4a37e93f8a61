import FolioTestSupport
import Foundation
import Testing

/// A line of a source file with what it holds beside comments.
private struct Line {
  let place: String
  let target: String
  let code: String
}

private func sourceLines() throws -> [Line] {
  try Repository.files(below: "Sources", endings: ["swift"]).flatMap { file -> [Line] in
    let target =
      file.path.components(separatedBy: "/Sources/").last?.split(separator: "/").first.map(String.init) ?? ""
    let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
    return lines.enumerated().map { number, line in
      let code = (line.components(separatedBy: "//").first ?? "").replacing("func print(", with: "")
      return Line(place: "\(file.lastPathComponent):\(number + 1)", target: target, code: code)
    }
  }
}

private func expectNone(_ pattern: String, outside allowed: Set<String> = [], _ comment: Comment) throws {
  let expression = try Regex(pattern)
  let found = try sourceLines().filter { !allowed.contains($0.target) && $0.code.contains(expression) }
  #expect(found.isEmpty, "\(comment): \(found.map(\.place).joined(separator: ", "))")
}

@Suite struct SourceRulesTests {
  @Test func `Sources do not import Foundation`() throws {
    try expectNone("import +Foundation", "Foundation stays out of Sources")
  }

  @Test func `unsafe stands only where it may`() throws {
    let allowed: Set = [
      "OperatingSystem", "SQLite", "Markdown", "Markup", "Hashing", "HTTPServing", "folio-bench",
    ]
    try expectNone(#"\bunsafe\b"#, outside: allowed, "unsafe outside its targets")
  }

  @Test func `a type that says safe opens with its invariant`() throws {
    for file in Repository.files(below: "Sources", endings: ["swift"]) {
      let text = try String(contentsOf: file, encoding: .utf8)
      if text.contains("@safe") { #expect(text.contains("// Safety:"), "\(file.lastPathComponent)") }
    }
  }

  @Test func `nothing is forced, unchecked or public`() throws {
    try expectNone(
      #"\btry!|\bas!|\bfatalError\(|@unchecked Sendable|nonisolated\(unsafe\)"#, "look for another way")
    try expectNone(#"^\s*(public|open) "#, "package is the widest access")
  }

  @Test func `only the commands print or read arguments and environment`() throws {
    try expectNone(
      #"(^|[^.\w])print\(|\bCommandLine\.|\bdebugPrint\("#, outside: ["FolioCommands", "folio-bench"],
      "printing or arguments")
    try expectNone(
      #"\bEnvironment\.|\bClock\."#, outside: ["FolioCommands", "OperatingSystem", "folio-bench"],
      "environment or clock")
  }

  @Test func `only the targets over C import Glibc`() throws {
    try expectNone(
      "import +Glibc", outside: ["OperatingSystem", "SQLite", "Markdown", "folio-bench"], "Glibc")
  }

  @Test func `no sentence stands in a template`() throws {
    for file in Repository.files(below: "site-templates", endings: ["mustache"]) {
      let text = try String(contentsOf: file, encoding: .utf8)
        .replacing(try Regex(#"(?s)\{\{!.*?\}\}|\{\{.*?\}\}|<[^>]*>|&[a-z#0-9]+;"#), with: " ")
      let words = text.split { !$0.isLetter }.filter { $0.count > 1 }
      #expect(words.isEmpty, "\(file.lastPathComponent) says: \(words.prefix(8).joined(separator: " "))")
    }
  }

  @Test func `the top level holds only what it may`() throws {
    let allowed: Set = ["Package.swift", "Sources", "Tests", "site-templates", "assets", "README.md"]
    let found = try FileManager.default.contentsOfDirectory(atPath: Repository.root.path)
      .filter { !$0.hasPrefix(".") && !allowed.contains($0) && $0 != "Package.resolved" }
    #expect(found.isEmpty)
  }
}
