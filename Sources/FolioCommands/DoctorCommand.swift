import FolioBilling
import FolioSite
import FolioStore
import JSON
import Markdown
import OperatingSystem
import SQLite

/// `folio doctor`: what this installation is, and whether a store is sound.
enum DoctorCommand: Command {
  static let description = CommandDescription(
    name: "doctor", abstract: "Shows versions, where templates were found, and a store's health.",
    discussion: "The exit status is 2 when something is wrong.",
    options: [
      OptionDescription("--store", value: "F", help: "A billing store to look at."),
      OptionDescription("--resources", value: "DIR", help: "The folder of site-templates and assets."),
      OptionDescription("--json", help: "Reports as JSON on standard output."),
    ],
    examples: [.init("folio doctor --store billing.db", "Checks the installation and the store.")])

  /// One thing looked at.
  private struct Finding {
    let name: String
    let text: String
    var isProblem = false
  }

  static func run(_ arguments: ParsedArguments, in context: CommandContext) throws -> ExitStatus {
    var findings = [
      Finding(name: "version", text: Program.version),
      Finding(name: "store_schema", text: String(BillingStore.schemaVersion)),
      Finding(name: "binary", text: context.executable),
      Finding(name: "sqlite", text: Connection.libraryVersion),
      Finding(name: "cmark_gfm", text: MarkdownDocument.libraryVersion),
    ]
    findings.append(resources(arguments.value("--resources"), context))
    if let store = arguments.value("--store") { findings += storeFindings(store, context) }
    report(findings, arguments, context.console)
    return findings.contains(where: \.isProblem) ? .problemsFound : .done
  }

  private static func resources(_ option: String?, _ context: CommandContext) -> Finding {
    do throws(ResourceError) {
      let root = try context.resourceRoot(option)
      return Finding(name: "resources", text: "\(root.path) (\(root.rule.rawValue))")
    } catch {
      return Finding(name: "resources", text: ErrorPresentation.text(for: error), isProblem: true)
    }
  }

  private static func storeFindings(_ path: String, _ context: CommandContext) -> [Finding] {
    do {
      let reader = try StatementReader(path: path)
      let integrity = try reader.integrity()
      let counts = try reader.eventCounts().map { "\($0.count) \($0.state)" }.joined(separator: ", ")
      var findings = [
        Finding(name: "store", text: path),
        Finding(name: "integrity", text: integrity.joined(separator: "; "), isProblem: integrity != ["ok"]),
        Finding(name: "customers", text: String(try reader.customers(asOf: context.now()).count)),
        Finding(name: "events", text: counts.isEmpty ? "none" : counts),
        Finding(name: "newest_fact", text: try reader.newestFact()?.text ?? "none"),
      ]
      for event in try reader.waitingEvents().prefix(20) {
        findings.append(Finding(name: "waiting", text: "\(event.type) \(event.id) for \(event.subject)"))
      }
      for event in try reader.refusedEvents().prefix(20) {
        findings.append(Finding(name: "refused", text: event, isProblem: true))
      }
      return findings
    } catch {
      return [Finding(name: "store", text: ErrorPresentation.text(for: error), isProblem: true)]
    }
  }

  private static func report(_ findings: [Finding], _ arguments: ParsedArguments, _ console: Console) {
    guard arguments.flag("--json") else {
      for finding in findings {
        console.put("\(finding.isProblem ? "!" : " ") \(finding.name): \(finding.text)")
      }
      return
    }
    var writer = JSONWriter(style: .pretty)
    writer.beginArray()
    for finding in findings {
      writer.beginObject()
      writer.key("name")
      writer.string(finding.name)
      writer.key("value")
      writer.string(finding.text)
      writer.key("is_problem")
      writer.bool(finding.isProblem)
      writer.endObject()
    }
    writer.endArray()
    writer.endDocument()
    console.put(writer.bytes)
  }
}
