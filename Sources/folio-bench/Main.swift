import FolioCommands
import OperatingSystem

/// The benchmarks' entry: the whole run, or one of its steps.
@main
enum Main {
  static func main() {
    Terminal.ignoreBrokenPipes()
    let words = Array(CommandLine.arguments.dropFirst())
    let step = words.first.flatMap(Step.init(rawValue:)) ?? .all
    do {
      let arguments = try ArgumentParser.parse(
        step == .all ? words : Array(words.dropFirst()), for: step.command)
      guard arguments.request == .run else { return try help(step) }
      CurrentProcess.exit(try step.run(arguments).rawValue)
    } catch let error as ArgumentError {
      say(ErrorPresentation.text(for: error))
      CurrentProcess.exit(ExitStatus.usage.rawValue)
    } catch {
      say("folio-bench: " + ErrorPresentation.text(for: error))
      CurrentProcess.exit(ExitStatus.failed.rawValue)
    }
  }

  private static func help(_ step: Step) throws {
    let program = ProgramDescription(
      name: "folio-bench", version: Program.version,
      abstract: "Measures folio against what the kernel can do.",
      commands: Step.allCases.map(\.command))
    try Terminal.writeOutput(Array(HelpText.text(for: step.command, of: program).utf8))
  }
}

/// Says a line to the person; who does not listen misses nothing that counts.
func say(_ line: String) {
  do { try Terminal.writeError(Array((line + "\n").utf8)) } catch {}
}
