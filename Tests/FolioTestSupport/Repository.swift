package import Foundation

/// Where the checkout lies, and what lies beside it.
package enum Repository {
  /// The top of the checkout.
  package static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The folder of specifications and other people's test data.
  package static let shared: URL = {
    if let path = ProcessInfo.processInfo.environment["FOLIO_SHARED"] { return URL(fileURLWithPath: path) }
    return root.deletingLastPathComponent().appendingPathComponent("shared")
  }()

  /// Whether tests that read it run: it is there, or must be, so that its absence is a failure and no reason to skip.
  package static var hasShared: Bool {
    FileManager.default.fileExists(atPath: shared.path)
      || ProcessInfo.processInfo.environment["FOLIO_REQUIRE_SHARED"] != nil
  }

  /// Why a test that needs the folder is skipped.
  package static let sharedIsMissing =
    "the folder 'shared' (specification and test data) is not beside the checkout"

  /// The regular files below a folder of the checkout with one of the endings, in order of paths.
  package static func files(below folder: String, endings: [String]) -> [URL] {
    let start = root.appendingPathComponent(folder)
    let all = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil)
    return (all?.allObjects as? [URL] ?? [])
      .filter { endings.contains($0.pathExtension) }
      .sorted { $0.path < $1.path }
  }
}

/// A folder that goes away with the value.
package final class TemporaryFolder {
  package let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("folio-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  package func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a text and gives its path.
  package func write(_ text: String, to name: String) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }
}

/// What a program did.
package struct ProgramRun: Sendable {
  package let status: Int32
  package let output: String
  package let words: String
}

/// Programs that tests start.
package enum Programs {
  /// The built `folio`, which lies beside the test runner.
  package static var folio: URL? {
    let runner = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    var folder = runner.deletingLastPathComponent()
    for _ in 0..<4 {
      let candidate = folder.appendingPathComponent("folio")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      folder.deleteLastPathComponent()
    }
    return nil
  }

  /// The path of a program that is installed, or nil.
  package static func installed(_ name: String) -> URL? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { URL(fileURLWithPath: String($0)).appendingPathComponent(name) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  /// Runs a program to its end.
  package static func run(
    _ program: URL, _ arguments: [String], environment: [String: String] = [:], in folder: URL? = nil
  ) throws -> ProgramRun {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = folder
    let scratch = try TemporaryFolder()
    // Files, not pipes: a full pipe would stop the program.
    let (output, words) = (scratch.path("output"), scratch.path("words"))
    for path in [output, words] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: words)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return ProgramRun(
      status: process.terminationStatus, output: try String(contentsOfFile: output, encoding: .utf8),
      words: try String(contentsOfFile: words, encoding: .utf8))
  }
}
