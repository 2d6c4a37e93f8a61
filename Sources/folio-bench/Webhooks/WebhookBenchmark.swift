import FolioCommands
import FolioWebhooks
import JSON
import OperatingSystem

/// `folio-bench webhooks`: what a listener takes, beside Debian's `webhook` and the bare disk.
struct WebhookBenchmark {
  static let description = CommandDescription(
    name: Step.webhooks.rawValue,
    abstract: "Measures folio listen on loopback, and in the same run Debian's webhook with an HMAC rule.",
    discussion: """
      A closed loop of 64 connections sends signed bodies of 300 bytes. Prints a line of JSON for each figure on \
      standard output and a table on standard error; exit status 2 says that a target was missed.
      """,
    options: [
      OptionDescription("--customers", value: "N", help: "Customers of the store; 1000."),
      OptionDescription("--seconds", value: "N", help: "How long each load lasts; 10."),
      OptionDescription("--short", help: "Few customers and seconds; asks little of times."),
      OptionDescription("--folio", value: "PATH", help: "The program; without it the one beside this."),
      OptionDescription("--work", value: "DIR", help: "A folder on the disk that is measured; /var/tmp."),
    ])

  static let connections = 64

  let folio: FolioProgram
  let work: WorkFolder
  let report = Report()
  let customers: Int
  let seconds: Int
  let isShort: Bool

  init(_ arguments: ParsedArguments) throws {
    isShort = arguments.flag("--short")
    customers = try arguments.wholeNumber("--customers", in: 1...100_000) ?? (isShort ? 20 : 1_000)
    seconds = try arguments.wholeNumber("--seconds", in: 1...3_600) ?? (isShort ? 1 : 10)
    let bench = try Executable.path()
    folio = FolioProgram(
      path: arguments.value("--folio") ?? Paths.directory(of: bench) + "/folio", bench: bench)
    work = try WorkFolder(in: arguments.value("--work") ?? "/var/tmp")
  }

  func run() throws -> ExitStatus {
    try work.remove()
    try Directories.create(work.path, mode: 0o700)
    do {
      try measure()
    } catch let error as BenchmarkError {
      say("folio-bench: " + error.text)
      return .failed
    }
    say(report.table)
    try work.remove()
    return report.figures.allSatisfy(\.isMet) ? .done : .problemsFound
  }

  private func measure() throws {
    let shape = StoreShape(customers: customers, partners: 3, months: 2)
    let store = try work.store(shape, folio)
    let site = try work.freshSite("site")
    _ = try folio.build(store, to: site, jobs: Threads.processorCount)
    try report.add("bare_fdatasync_per_second", try syncsPerSecond(), "1/s")
    let other = try DebianWebhook(work, customers: customers, seconds: seconds)?.rates()
    let listener = try Listener(folio, store: store, site: site, in: work)
    try measureLatency(listener, site, store)
    try measureSlowClients(listener)
    try measureRate(listener, beside: other)
    try measureRateDuringBuild(listener, store)
    listener.process.stop()
  }
}

/// A `folio listen` that runs, with what its senders need.
struct Listener {
  let process: ServerProcess
  let address: SocketAddress
  let operations: SocketAddress
  let source: WebhookSource

  init(_ folio: FolioProgram, store: String, site: String, in work: WorkFolder) throws {
    let secrets = WebhookSecrets.freshFile(source: "bench", scheme: .standardWebhooks)
    let path = work.path + "/webhooks.json"
    try Files.create(path, secrets, mode: 0o600)
    source = try WebhookSecrets.parse(secrets, path: path).sources[0]
    process = try ServerProcess(
      folio.path,
      [
        "listen", "--store", store, "--out", site, "--secrets", path, "--address", "127.0.0.1:0",
        "--operations", "127.0.0.1:0",
      ], log: work.path + "/listen.log")
    let addresses = try process.waitForOutput(Self.addresses)
    (address, operations) = addresses
  }

  private static func addresses(_ output: String) -> (SocketAddress, SocketAddress)? {
    for line in output.split(separator: "\n") where line.contains(#""listening""#) {
      guard case .object(let members)? = parsed(line), case .string(let address)? = members["address"],
        case .string(let operations)? = members["operations"], let first = SocketAddress(address),
        let second = SocketAddress(operations)
      else { continue }
      return (first, second)
    }
    return nil
  }
}

/// A line of JSON; nil for anything else.
func parsed(_ line: some StringProtocol) -> JSONValue? {
  do throws(JSONSyntaxError) { return try JSONParser.parse(Array(line.utf8)) } catch { return nil }
}
