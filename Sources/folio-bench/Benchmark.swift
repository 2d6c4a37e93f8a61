import FolioBilling
import FolioCommands
import FolioStore
import OperatingSystem

/// `folio-bench`: the whole run.
struct Benchmark {
  static let description = CommandDescription(
    name: "bench",
    abstract: "Measures folio as a process, and in turn with it what the kernel takes by itself.",
    discussion: """
      Makes its stores, prints a line of JSON for each figure on standard output and a table on standard error. \
      Exit status 2 says that a target was missed.
      The floor is a loop of system calls that writes the files of the built site again, from memory, on as many \
      threads.
      """,
    options: [
      OptionDescription(
        "--customers", value: "N",
        help: "Customers of the full build, a twentieth of those of the others; 1000."),
      OptionDescription("--runs", value: "N", help: "Runs of which the median counts; 5."),
      OptionDescription("--jobs", value: "N", help: "Threads; without it one a processor."),
      OptionDescription(
        "--short", help: "Few customers and one run, to see that all works; asks little of times."),
      OptionDescription("--folio", value: "PATH", help: "The program; without it the one beside this."),
      OptionDescription("--work", value: "DIR", help: "Where stores and sites go; /dev/shm."),
      OptionDescription("--keep", help: "Leaves stores and sites, and takes stores that were left."),
    ],
    examples: [.init("folio-bench --keep", "Measures, and keeps the stores for the next time.")])

  let folio: FolioProgram
  let work: WorkFolder
  let report = Report()
  let customers: Int
  let runs: Int
  let jobs: Int
  let isShort: Bool
  private let isKeeping: Bool

  init(_ arguments: ParsedArguments) throws {
    isShort = arguments.flag("--short")
    isKeeping = arguments.flag("--keep")
    customers = try arguments.wholeNumber("--customers", in: 1...4_999) ?? (isShort ? 8 : 1_000)
    runs = try arguments.wholeNumber("--runs", in: 1...99) ?? (isShort ? 1 : 5)
    jobs = try arguments.wholeNumber("--jobs", in: 1...256) ?? Threads.processorCount
    let bench = try Executable.path()
    let path = arguments.value("--folio") ?? Paths.directory(of: bench) + "/folio"
    folio = FolioProgram(path: path, bench: bench)
    work = try WorkFolder(in: arguments.value("--work") ?? "/dev/shm")
  }

  func run() throws -> ExitStatus {
    do {
      try measure()
    } catch let error as BenchmarkError {
      say("folio-bench: " + error.text)
      return .failed
    }
    say(report.table)
    if !isKeeping { try work.remove() }
    return report.figures.allSatisfy(\.isMet) ? .done : .problemsFound
  }

  private func measure() throws {
    guard try Files.exists(folio.path) else { throw BenchmarkError.noProgram(path: folio.path) }
    if try !Directories.isInMemory(work.path) {
      say("\(work.path) is not on tmpfs: a device is measured, too")
    }
    if !isKeeping {
      try work.remove()
      try Directories.create(work.path, mode: 0o700)
    }
    try measureStart()
    try measureHashing()
    try measureFullBuild()
    try measureChanges()
  }

  /// A target; a short run, whose times are noise, only asks for what any machine can do.
  func target(_ value: Double, sane: Double) -> Double { isShort ? sane : value }
}
