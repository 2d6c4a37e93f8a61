import FolioTestSupport
import Foundation
import Testing

/// What `swift package dump-package` says of one target.
private struct Target: Decodable {
  let name: String
  let type: String
  let path: String?
  let dependencies: [Dependency]

  struct Dependency: Decodable {
    let byName: [String?]?
  }

  var dependencyNames: Set<String> { Set(dependencies.compactMap { $0.byName?.first ?? nil }) }
  var folder: String { path ?? (type == "test" ? "Tests/\(name)" : "Sources/\(name)") }
}

private struct Manifest: Decodable {
  let targets: [Target]
  let dependencies: [JSONIgnored]

  struct JSONIgnored: Decodable {}

  static func current() throws -> Manifest {
    // Beside the build that is running, which holds the lock of the usual folder.
    let scratch = try TemporaryFolder()
    let run = try Programs.run(
      try #require(Programs.installed("swift")),
      ["package", "--disable-sandbox", "--scratch-path", scratch.url.path, "dump-package"],
      in: Repository.root)
    try #require(run.status == 0, "\(run.words)")
    return try JSONDecoder().decode(Manifest.self, from: Data(run.output.utf8))
  }
}

/// The modules that a source file imports.
private func imports(in file: URL) throws -> [String] {
  try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
    if line.hasPrefix(" ") { return nil }
    let words = line.split(separator: " ")
    let modifiers: Set<Substring> = ["package", "public", "private", "internal", "fileprivate", "@testable"]
    let rest = words.drop(while: modifiers.contains)
    guard rest.first == "import", let name = rest.dropFirst().first else { return nil }
    return String(name)
  }
}

private let toolchainModules: Set<String> = ["Swift", "Synchronization", "Dispatch", "_Concurrency"]

@Suite(.serialized) struct ImportTests {
  @Test func `every import of a target is declared in Package.swift`() throws {
    let manifest = try Manifest.current()
    for target in manifest.targets where target.type != "system" {
      let allowed = target.dependencyNames.union(toolchainModules).union(extra(of: target))
      for file in Repository.files(below: target.folder, endings: ["swift"]) {
        for module in try imports(in: file) where !allowed.contains(module) {
          Issue.record(
            "\(file.lastPathComponent) of \(target.name) imports \(module), which it does not declare")
        }
      }
    }
  }

  private func extra(of target: Target) -> Set<String> {
    if target.type == "test" || target.name == "FolioTestSupport" {
      return ["Testing", "Foundation", "Glibc"]
    }
    return ["OperatingSystem", "SQLite", "Markdown", "folio-bench"].contains(target.name) ? ["Glibc"] : []
  }

  @Test func `every dependency of a target is imported somewhere in it`() throws {
    let manifest = try Manifest.current()
    for target in manifest.targets where target.type != "system" {
      let files = Repository.files(below: target.folder, endings: ["swift"])
      let used = Set(try files.flatMap(imports))
      for name in target.dependencyNames.subtracting(used) where name != "folio" {
        Issue.record("\(target.name) declares \(name) and never imports it")
      }
    }
  }

  @Test func `arrows go down only`() throws {
    let manifest = try Manifest.current()
    let layers: [Set<String>] = [
      [
        "FolioBilling", "Markup", "Hashing", "OperatingSystem", "CSQLite", "CCmarkGFM", "CLinux",
        "CProcessor",
      ],
      [
        "FolioRating", "FolioAnalytics", "Templating", "JSON", "Charting", "SQLite", "Markdown",
        "HTTPServing",
      ],
      ["FolioStore", "FolioAccounts", "Publishing"], ["FolioPortal", "FolioInvoicing", "FolioWebhooks"],
      ["FolioSite"],
      ["FolioCommands"],
      ["folio"], ["folio-bench"],
    ]
    func layer(_ name: String) -> Int? { layers.firstIndex { $0.contains(name) } }
    for target in manifest.targets where target.type != "test" && target.name != "FolioTestSupport" {
      let own = try #require(layer(target.name), "\(target.name) has no layer")
      for name in target.dependencyNames {
        let isLower = try #require(layer(name)) < own
        let isSystemModule =
          (target.name, name) == ("OperatingSystem", "CLinux")
          || (target.name, name) == ("Hashing", "CProcessor")
        #expect(isLower || isSystemModule, "\(target.name) depends on \(name), which is not below it")
      }
    }
  }

  @Test func `the toolbox knows no customer`() throws {
    let manifest = try Manifest.current()
    for target in manifest.targets where target.type == "regular" && !target.name.hasPrefix("Folio") {
      #expect(
        target.dependencyNames.allSatisfy { !$0.hasPrefix("Folio") }, "\(target.name) depends on the product")
    }
  }

  @Test func `the project uses no packages`() throws {
    #expect(try Manifest.current().dependencies.isEmpty)
  }
}
