import FolioBilling
import OperatingSystem

/// The program: finds the command, runs it, and turns what went wrong into words.
package enum Program {
  /// The version that the program calls itself.
  package static let version = "0.1.0"

  private static var commands: [any Command.Type] {
    [
      DemoCommand.self, InitCommand.self, ImportCommand.self, BuildCommand.self, DoctorCommand.self,
    ]
  }

  static let description = ProgramDescription(
    name: "folio", version: version,
    abstract: "Publishes a billing portal for every customer of a metered service, as plain files.",
    commands: commands.map { $0.description })

  /// Runs the words after the program's name.
  package static func run(_ arguments: [String], in context: CommandContext) -> ExitStatus {
    do throws(ArgumentError) {
      switch try ArgumentParser.select(from: arguments, of: description) {
      case .help(let command): return help(command, context)
      case .version:
        context.console.put("folio \(version)")
        return .done
      case .command(let chosen, let words):
        let parsed = try ArgumentParser.parse(words, for: chosen)
        if parsed.request == .help { return help(chosen, context) }
        if parsed.request == .version {
          context.console.put("folio \(version)")
          return .done
        }
        return run(parsed, in: context)
      }
    } catch {
      context.console.say(ErrorPresentation.text(for: error))
      return .usage
    }
  }

  private static func help(_ command: CommandDescription?, _ context: CommandContext) -> ExitStatus {
    let text = command.map { HelpText.text(for: $0, of: description) } ?? HelpText.text(for: description)
    context.console.put(Array(text.utf8))
    return .done
  }

  private static func run(_ arguments: ParsedArguments, in context: CommandContext) -> ExitStatus {
    guard let command = commands.first(where: { $0.description == arguments.command }) else { return .usage }
    do {
      return try command.run(arguments, in: context)
    } catch let error as ArgumentError {
      context.console.say(ErrorPresentation.text(for: error))
      return .usage
    } catch {
      context.console.say("folio \(arguments.command.name): " + ErrorPresentation.text(for: error))
      return .failed
    }
  }

  /// Runs the process's own arguments over its own console and clock.
  package static func main() -> Int32 {
    Terminal.ignoreBrokenPipes()
    let console = Console(
      words: { bytes in ignoringClosedPipe { () throws(SystemError) in try Terminal.writeError(bytes) } },
      data: { bytes in ignoringClosedPipe { () throws(SystemError) in try Terminal.writeOutput(bytes) } },
      isTerminal: Terminal.isTerminal(2), environment: Environment.value)
    let context = CommandContext(
      console: console, now: { .init(nanosecondsSinceEpoch: Clock.now()) },
      environment: { Environment.value($0) },
      executable: executablePath())
    return run(Array(CommandLine.arguments.dropFirst()), in: context).rawValue
  }

  private static func executablePath() -> String {
    do { return try Executable.path() } catch { return CommandLine.arguments.first ?? "folio" }
  }

  /// A reader that has gone away ends nothing but the words to it.
  private static func ignoringClosedPipe(_ write: () throws(SystemError) -> Void) {
    do { try write() } catch { return }
  }
}
