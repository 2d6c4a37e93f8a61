import FolioBilling
import FolioInvoicing
import FolioStore

/// `folio invoice finalize`: the month's invoices, numbered and frozen.
enum InvoiceFinalizeCommand: Command {
  static let description = CommandDescription(
    name: "invoice finalize", abstract: "Issues the invoices of a month: numbered, frozen, once.",
    discussion: """
      Each customer with a plan in force in the month gets one invoice, in one transaction. A run that was cut off is \
      finished by running it again; who has an invoice for the month is passed over. Usage of earlier months that \
      arrived after their invoice is a line of its own.
      Held and named: incomplete usage, a tax id that is missing, an unknown plan, facts that cannot be rated, and a month whose invoice \
      is void, unless its customer is named. After an invoice was voided, --customer issues another.
      The exit status is 0 when every invoice is issued, 3 when some are held, 1 when the run could not go on.
      """,
    options: [
      InvoicingSetup.store, InvoicePreviewCommand.period,
      OptionDescription("--customer", value: "ID", help: "Invoices this customer alone.", isRepeatable: true),
      OptionDescription(
        "--issued-at", value: "T",
        help: "The time of issue, RFC 3339, not before the newest number of the year; without it now."),
      OptionDescription("--allow-incomplete", help: "Invoices usage that has not been received to its end."),
      OptionDescription("--allow-missing-tax-id", help: "Invoices where a tax id is missing."),
      OptionDescription("--dry-run", help: "Does as 'folio invoice preview' does."),
      InvoicingSetup.config, OptionDescription("--json", help: "Reports as JSON on standard output."),
    ],
    examples: [
      .init("folio invoice finalize --store billing.db --period 2024-01", "Closes January."),
      .init(
        "folio invoice finalize --store billing.db --period 2024-01 --customer cus_1",
        "Invoices one customer, also after a void invoice."),
    ])

  static func run(_ arguments: ParsedArguments, in context: CommandContext) throws -> ExitStatus {
    if arguments.flag("--dry-run") { return try InvoicePreviewCommand.run(arguments, in: context) }
    guard let path = arguments.value("--store"), let month = try arguments.month("--period")
    else { return .usage }
    let (settings, configuration) = try InvoicingSetup.settings(store: path, arguments)
    let request = FinalizationRequest(
      month: month, issueTime: try context.issueTime("--issued-at", arguments, configuration),
      receivedAt: context.now(), customers: try arguments.customers("--customer"),
      allowsIncompleteUsage: arguments.flag("--allow-incomplete"),
      allowsMissingTaxID: arguments.flag("--allow-missing-tax-id"))
    let store = try BillingStore(path: path, isCreating: false)
    var report = FinalizationReport(month: month)
    // What is in the store is told even when the run cannot go on.
    defer {
      if report.isComplete || report.customers > 0 {
        report.tell(context.console, asJSON: arguments.flag("--json"))
      }
    }
    var progress = context.makeProgress()
    defer { progress.finish() }
    try InvoiceFinalizer(store: store, settings: settings).finalize(request) { customer, outcome in
      report.note(outcome, of: customer)
      progress.show("\(report.customers) customers")
    }
    report.isComplete = true
    return report.held.isEmpty ? .done : .partlyDone
  }
}
