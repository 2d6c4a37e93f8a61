import FolioBilling
import FolioPortal
import FolioStore
import JSON
import OperatingSystem

/// `folio import`: facts from files into a store, each file in one transaction.
enum ImportCommand: Command {
  static let description = CommandDescription(
    name: "import", abstract: "Brings events, usage rows and the API's answers into a store.",
    discussion: """
      Each file is recognised by its shape: billing events (one JSON object a line, a list, or one document), usage \
      rows (CSV with the header \(UsageCSV.header)), or an answer of the billing API. The \
      answers 'billing', 'usage' and 'invoices' hold facts; the others are derived figures, which are compared with \
      the rules and never stored.
      A file is one transaction: when something in it is refused, nothing of it is kept, unless --keep-going is \
      given. Importing a file again changes nothing.
      The exit status is 0 when every file was taken, 3 when the rest of a file was kept, 1 when one was not.
      """,
    arguments: [ArgumentDescription("FILE", help: "What to import, in this order.", arity: .oneOrMore)],
    options: [
      OptionDescription(
        "--store", value: "F", help: "The billing store; made where it is missing.", isRequired: true),
      OptionDescription("--customer", value: "ID", help: "Whom facts are about that name no customer."),
      OptionDescription(
        "--currency", value: "C", help: "The currency of amounts that come without one; USD unless given."),
      OptionDescription("--source", value: "NAME", help: "Who vouches for the facts; 'import' unless given."),
      OptionDescription(
        "--timestamp", value: "T",
        help: "The time of usage rows, for a correction: the later value of a slot wins."),
      OptionDescription("--as-of", value: "T", help: "The instant for which derived figures are compared."),
      OptionDescription("--keep-going", help: "Keeps the valid rest of a file."),
      OptionDescription("--json", help: "Reports as JSON on standard output."),
    ],
    examples: [
      .init("folio import --store billing.db events.ndjson usage.csv", "Imports events and usage."),
      .init(
        "folio import --store billing.db --customer cus_1 billing.json invoices.json",
        "Imports what the API answered for a customer."),
    ])

  static func run(_ arguments: ParsedArguments, in context: CommandContext) throws -> ExitStatus {
    guard let path = arguments.value("--store") else { return .usage }
    let options = try options(arguments)
    let asOf = try arguments.instant("--as-of") ?? context.now()
    for file in arguments.positionals { _ = try Files.status(file, followingSymbolicLinks: true) }
    let store = try BillingStore(path: path, isCreating: true)
    let importer = FileImporter(store: store, options: options, receivedAt: context.now())
    var results: [ImportResult] = []
    // What is done is told even when a later file cannot be read at all.
    defer { if arguments.flag("--json") { context.console.put(ImportResult.json(results)) } }
    for file in arguments.positionals {
      var report = try importFile(file, importer, context)
      let result = ImportResult(differences: try compare(&report, options, path, asOf), report: report)
      if !arguments.flag("--json") { result.say(to: context.console) }
      results.append(result)
    }
    return status(results)
  }

  private static func options(_ arguments: ParsedArguments) throws(ArgumentError) -> ImportOptions {
    let source = arguments.value("--source") ?? "import"
    do { _ = try EventID(source) } catch {
      throw arguments.invalidValue(of: "--source", expected: .identifier)
    }
    return ImportOptions(
      source: source, customer: try arguments.customer("--customer"),
      currency: try arguments.currency("--currency") ?? defaultCurrency,
      usageTime: try arguments.instant("--timestamp"), keepsGoing: arguments.flag("--keep-going"))
  }

  private static var defaultCurrency: Currency {
    guard let currency = Currency(code: "USD") else { preconditionFailure("USD is in ISO 4217") }
    return currency
  }

  private static func importFile(
    _ file: String, _ importer: FileImporter, _ context: CommandContext
  ) throws -> FileImportReport {
    var progress = context.makeProgress()
    defer { progress.finish() }
    return try importer.importFile(file) { lines in progress.show("\(file): \(lines) lines") }
  }

  /// Compares derived figures with the rules; nil for a file of facts.
  private static func compare(
    _ report: inout FileImportReport, _ options: ImportOptions, _ store: String, _ asOf: Timestamp
  ) throws -> [Difference]? {
    guard case .derived(let document) = report.kind else { return nil }
    guard AnswerKind.recognise(.object(document)) != nil else {
      report.refuse(FieldError(path: "", expected: .knownShape, found: nil))
      return nil
    }
    let statement = try options.customer.flatMap { customer in
      try StatementReader(path: store).statement(of: customer, asOf: asOf)
    }
    return try AnswerComparison.differences(answer: .object(document), statement: statement)
  }

  private static func status(_ results: [ImportResult]) -> ExitStatus {
    if results.contains(where: { !$0.report.isKept }) { return .failed }
    return results.contains { $0.report.refused > 0 || $0.report.conflicts > 0 } ? .partlyDone : .done
  }
}
