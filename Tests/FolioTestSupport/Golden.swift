import Foundation
package import Testing

/// Compares a text with the accepted one under `Goldens` beside the test; `FOLIO_RECORD=1` accepts what is found, and
/// fails on purpose.
package func expectGolden(
  _ found: String, _ name: String, beside test: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(fileURLWithPath: test).deletingLastPathComponent().appendingPathComponent(
    "Goldens/\(name)")
  if ProcessInfo.processInfo.environment["FOLIO_RECORD"] != nil {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(found.utf8).write(to: file)
    Issue.record("recorded \(name)", sourceLocation: sourceLocation)
    return
  }
  let accepted = try String(contentsOf: file, encoding: .utf8)
  guard accepted != found else { return }
  let lines = zip(accepted.components(separatedBy: "\n"), found.components(separatedBy: "\n")).enumerated()
  let first = lines.first { $0.element.0 != $0.element.1 }
  Issue.record(
    "\(name) differs first in line \((first?.offset ?? -1) + 1): \(first?.element.1 ?? "its length")",
    sourceLocation: sourceLocation)
}
