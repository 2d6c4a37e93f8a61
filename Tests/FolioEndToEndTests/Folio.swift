import FolioTestSupport
import Foundation
import JSON
import Testing

/// Runs the real program.
func folio(
  _ arguments: String..., environment: [String: String] = [:], in folder: URL? = nil
) throws -> ProgramRun {
  try folio(arguments, environment: environment, in: folder)
}

func folio(
  _ arguments: [String], environment: [String: String] = [:], in folder: URL? = nil
) throws -> ProgramRun {
  let program = try #require(Programs.folio, "the program is built with the tests")
  let resources = ["FOLIO_RESOURCES": Repository.root.path].merging(environment) { $1 }
  return try Programs.run(program, arguments, environment: resources, in: folder)
}

/// A site as its files: relative paths and bytes.
func siteFiles(_ path: String) throws -> [String: Data] {
  let root = URL(fileURLWithPath: path).resolvingSymlinksInPath()
  var files: [String: Data] = [:]
  let all = FileManager.default.enumerator(at: root, includingPropertiesForKeys: [.isRegularFileKey])
  for case let file as URL in try #require(all)
  where try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
    let name = file.resolvingSymlinksInPath().path.dropFirst(root.path.count + 1)
    files[String(name)] = try Data(contentsOf: file)
  }
  return files
}

/// Where two sites differ, in words; empty when they are the same bytes.
func differences(_ left: [String: Data], _ right: [String: Data]) -> [String] {
  Set(left.keys).union(right.keys).sorted().filter { left[$0] != right[$0] }
}

func json(_ path: String) throws -> JSONValue {
  try JSONParser.parse(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
}

/// Where `whole` lacks something of `part`: names in the same order, numbers and texts to the byte, and lists that
/// open with the same elements.
func missing(_ part: JSONValue, in whole: JSONValue, at path: String = "$") -> [String] {
  switch (part, whole) {
  case (.object(let wanted), .object(let found)):
    let names = found.members.map(\.name).filter { name in wanted[name] != nil }
    guard names == wanted.members.map(\.name) else {
      return ["\(path): names \(names) instead of \(wanted.members.map(\.name))"]
    }
    return wanted.members.flatMap { name, value in
      missing(value, in: found[name] ?? .null, at: path + "." + name)
    }
  case (.array(let wanted), .array(let found)):
    guard found.count >= wanted.count else { return ["\(path): \(found.count) elements"] }
    return zip(wanted, found).enumerated().flatMap { index, pair in
      missing(pair.0, in: pair.1, at: path + "[\(index)]")
    }
  default:
    return part == whole ? [] : ["\(path): \(whole) instead of \(part)"]
  }
}

/// The Python of the independent judges, with a module that it must have.
func python(with module: String) -> URL? {
  let named = ProcessInfo.processInfo.environment["FOLIO_PYTHON"].map { URL(fileURLWithPath: $0) }
  guard let python = named ?? Programs.installed("python3"),
    let run = try? Programs.run(python, ["-c", "import \(module)"]), run.status == 0
  else { return nil }
  return python
}

/// Whether judges must be there: in CI their absence is a failure and no reason to skip.
let judgesAreRequired = ProcessInfo.processInfo.environment["FOLIO_REQUIRE_JUDGES"] != nil
