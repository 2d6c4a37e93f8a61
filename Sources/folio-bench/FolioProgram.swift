import FolioBilling
import FolioCommands
import JSON
import OperatingSystem

/// What one run of a program took.
struct Measurement {
  /// From the start to the end of the process.
  let wallNanoseconds: Int64
  let usage: ResourceUsage
  let output: [UInt8]

  /// Runs a program that must succeed.
  ///
  /// - Throws: `BenchmarkError.failed` with what it said.
  static func of(_ program: String, _ arguments: [String]) throws -> Measurement {
    let start = Clock.monotonic()
    let result = try ChildProcess.run(program, arguments: arguments)
    let nanoseconds = Clock.monotonic() - start
    guard result.exitStatus == 0 else {
      throw BenchmarkError.failed(
        arguments: arguments, status: result.exitStatus,
        words: String(decoding: result.errorOutput.suffix(2_000), as: UTF8.self))
    }
    return Measurement(wallNanoseconds: nanoseconds, usage: result.usage, output: result.output)
  }
}

/// Why there are no figures.
enum BenchmarkError: Error {
  /// A program that is measured did not succeed.
  case failed(arguments: [String], status: Int32, words: String)
  /// No `folio` lies at the path.
  case noProgram(path: String)
  /// The floor's process printed something else than its three numbers.
  case unexpectedOutput

  var text: String {
    switch self {
    case .failed(let arguments, let status, let words):
      "'\(arguments.joined(separator: " "))' ended with status \(status): \(words)"
    case .noProgram(let path): "There is no folio at '\(path)': build it, or name it with --folio."
    case .unexpectedOutput: "The floor's process printed no figures."
    }
  }
}

/// The program that is measured, and this one for the steps in processes of their own.
struct FolioProgram {
  let path: String
  let bench: String

  func version() throws -> Measurement { try .of(path, ["--version"]) }

  func build(_ store: String, to output: String, jobs: Int) throws -> Measurement {
    try .of(path, ["build", "--store", store, "--out", output, "--jobs", "\(jobs)"])
  }

  /// The folder of a customer's portal, as a rehearsal tells it.
  func portalName(of customer: CustomerID, in store: String, besides site: String) throws -> String {
    let rehearsal = try Measurement.of(
      path,
      [
        "build", "--store", store, "--out", site + ".rehearsal", "--dry-run", "--json", "--customer",
        customer.text,
      ])
    for line in String(decoding: rehearsal.output, as: UTF8.self).split(separator: "\n") {
      if case .object(let members)? = parsed(line), members["event"] == .string("portal"),
        case .string(let name)? = members["path"]
      {
        return name
      }
    }
    throw BenchmarkError.unexpectedOutput
  }

  func makeStore(_ shape: StoreShape, at path: String) throws -> Measurement {
    try .of(bench, StoreMaking.arguments(shape, at: path))
  }

  func floor(from site: String, to folder: String, jobs: Int) throws -> Floor.Result {
    let run = try Measurement.of(bench, [Step.floor.rawValue, site, folder, "--jobs", "\(jobs)"])
    guard let result = Floor.Result(run.output) else { throw BenchmarkError.unexpectedOutput }
    return result
  }
}
