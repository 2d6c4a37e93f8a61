import FolioBilling
import OperatingSystem
import Synchronization

/// The program: finds the command, runs it, and turns what went wrong into words.
package enum Program {
  /// The version that the program calls itself.
  package static let version = "0.1.0"

  private static var commands: [any Command.Type] {
    [
      DemoCommand.self, InitCommand.self, ImportCommand.self, BuildCommand.self,
      VerifyCommand.self, ManifestCommand.self, ServeCommand.self, ListenCommand.self, SendCommand.self,
      EventsCommand.self, EventsReplayCommand.self, SecretNewCommand.self, InvoicePreviewCommand.self,
      InvoiceFinalizeCommand.self, InvoiceVoidCommand.self, CreditNoteIssueCommand.self,
      PaymentRecordCommand.self, DoctorCommand.self,
    ]
  }

  static let description = ProgramDescription(
    name: "folio", version: version,
    abstract: "Publishes a billing portal for every customer of a metered service, as plain files.",
    commands: commands.map { $0.description },
    groups: [
      CommandGroup(
        "invoice", abstract: "Closes a month: drafts to look at, invoices that are frozen, void ones."),
      CommandGroup("credit-note", abstract: "Corrects an invoice without changing it."),
      CommandGroup("payment", abstract: "Tells what was paid."),
      CommandGroup("secret", abstract: "Makes what senders sign with."),
    ])

  /// Runs the words after the program's name.
  package static func run(_ arguments: [String], in context: CommandContext) -> ExitStatus {
    do throws(ArgumentError) {
      switch try ArgumentParser.select(from: arguments, of: description) {
      case .help(let command): return help(command, context)
      case .helpOnGroup(let group):
        context.console.put(Array(HelpText.text(for: group, of: description).utf8))
        return .done
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
    let output = Channel { bytes throws(SystemError) in try Terminal.writeOutput(bytes) }
    let words = Channel { bytes throws(SystemError) in try Terminal.writeError(bytes) }
    let console = Console(
      words: { words.send($0) }, data: { output.send($0) }, isTerminal: Terminal.isTerminal(2),
      environment: Environment.value)
    let executable: String
    do { executable = try Executable.path() } catch {
      console.say("folio: " + ErrorPresentation.text(for: error))
      return ExitStatus.failed.rawValue
    }
    let context = CommandContext(
      console: console, now: { Timestamp(nanosecondsSinceEpoch: Clock.now()) },
      environment: { Environment.value($0) }, executable: executable)
    let status = run(Array(CommandLine.arguments.dropFirst()), in: context)
    guard let failure = output.failure else { return status.rawValue }
    console.say("folio: standard output: " + ErrorPresentation.text(for: failure))
    return ExitStatus.failed.rawValue
  }
}

/// Standard output or standard error.
private final class Channel: Sendable {
  private let write: @Sendable ([UInt8]) throws(SystemError) -> Void
  private let firstFailure = Mutex<SystemError?>(nil)

  init(write: @escaping @Sendable ([UInt8]) throws(SystemError) -> Void) { self.write = write }

  /// The first error of writing; a reader that has gone away is none.
  var failure: SystemError? { firstFailure.withLock { $0 } }

  func send(_ bytes: [UInt8]) {
    do throws(SystemError) {
      try write(bytes)
    } catch {
      guard !error.isBrokenPipe else { return }
      firstFailure.withLock { $0 = $0 ?? error }
    }
  }
}
