import FolioCommands

/// What the program can be asked for.
///
/// Making the store and the floor run as processes of their own, since the kernel counts what a parent holds in
/// memory at a start as the child's peak; rounds of fuzzing do, since they may crash.
enum Step: String, CaseIterable {
  case all
  case store = "make-store"
  case floor
  case webhooks
  case fuzz
  case fuzzRound = "fuzz-round"

  var command: CommandDescription {
    switch self {
    case .all: Benchmark.description
    case .store: StoreMaking.description
    case .floor: Floor.description
    case .webhooks: WebhookBenchmark.description
    case .fuzz: Fuzzing.description
    case .fuzzRound: Fuzzing.roundDescription
    }
  }

  func run(_ arguments: ParsedArguments) throws -> ExitStatus {
    switch self {
    case .all: try Benchmark(arguments).run()
    case .store: try StoreMaking.run(arguments)
    case .floor: try Floor.run(arguments)
    case .webhooks: try WebhookBenchmark(arguments).run()
    case .fuzz: try Fuzzing.run(arguments)
    case .fuzzRound: try Fuzzing.runRound(arguments)
    }
  }
}
