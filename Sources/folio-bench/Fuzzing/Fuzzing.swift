import FolioCommands
import OperatingSystem

/// `folio-bench fuzz TARGET`: rounds of changed inputs, each round a process of its own, until the time is over.
///
/// A round follows from its number alone, so one that ended badly can be run again.
enum Fuzzing {
  static let description = CommandDescription(
    name: Step.fuzz.rawValue, abstract: "Feeds a parser with changed inputs and looks for crashes.",
    discussion: "Exit status 2 says that a round crashed or a rule was broken, and how to see it again.",
    arguments: arguments,
    options: [
      OptionDescription("--seconds", value: "N", help: "How long; 600."),
      OptionDescription("--first-round", value: "N", help: "The number of the first round; 1."),
      corpus,
    ],
    examples: [
      .init("folio-bench fuzz json --corpus DIR", "Starts from the files of a folder, for ten minutes.")
    ])

  static let roundDescription = CommandDescription(
    name: Step.fuzzRound.rawValue, abstract: "Runs one round of inputs in this process.",
    arguments: arguments,
    options: [
      OptionDescription("--round", value: "N", help: "The number of the round.", isRequired: true),
      OptionDescription("--trace", help: "Prints each input before it is parsed."), corpus,
    ])

  /// Long enough that starting a process costs little, short enough that what a process keeps stays small.
  private static let inputsARound = 50_000

  private static let arguments = [
    ArgumentDescription(
      "TARGET", help: FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ") + ".")
  ]
  private static let corpus = OptionDescription(
    "--corpus", value: "DIR", help: "Further inputs to begin with.")

  static func run(_ arguments: ParsedArguments) throws -> ExitStatus {
    let bench = try Executable.path()
    let end =
      Clock.monotonic() + Int64(try arguments.wholeNumber("--seconds", in: 1...86_400) ?? 600) * 1_000_000_000
    var round = try arguments.wholeNumber("--first-round", in: 1...Int.max) ?? 1
    let first = round
    repeat {
      var words = [Step.fuzzRound.rawValue, arguments.positionals[0], "--round", String(round)]
      if let corpus = arguments.value("--corpus") { words += ["--corpus", corpus] }
      let result = try ChildProcess.run(bench, arguments: words)
      if result.exitStatus != 0 {
        say(String(decoding: result.errorOutput.suffix(4_000), as: UTF8.self))
        say(
          "Round \(round) ended with \(result.exitStatus); see it again with: folio-bench \(words.joined(separator: " ")) --trace"
        )
        return .problemsFound
      }
      round += 1
    } while Clock.monotonic() < end
    say(
      "\(arguments.positionals[0]): \((round - first) * inputsARound) inputs in \(round - first) rounds, no crash and no broken rule"
    )
    return .done
  }

  static func runRound(_ arguments: ParsedArguments) throws -> ExitStatus {
    guard let target = FuzzTarget(rawValue: arguments.positionals[0]) else { return .usage }
    let mutation = try target.mutation(corpus: arguments.value("--corpus"))
    var random = BenchRandom(stream: try arguments.wholeNumber("--round", in: 1...Int.max) ?? 1)
    for number in 1...inputsARound {
      let input = mutation.next(&random)
      if arguments.flag("--trace") {
        say("\(number): \(input.map { String($0, radix: 16) }.joined(separator: " "))")
      }
      do throws(FuzzFinding) { try target.take(input) } catch {
        say("input \(number): not so: \(error.rule)")
        return .problemsFound
      }
    }
    return .done
  }
}
