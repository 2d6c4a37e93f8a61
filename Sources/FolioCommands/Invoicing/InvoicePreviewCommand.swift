import FolioBilling
import FolioInvoicing
import FolioStore

/// `folio invoice preview`: the month's drafts beside the month before.
enum InvoicePreviewCommand: Command {
  static let period = OptionDescription("--period", value: "M", help: "The month: 2024-01.", isRequired: true)

  static let description = CommandDescription(
    name: "invoice preview",
    abstract: "Lists each draft of a month beside the month before, and flags doubts.",
    discussion: """
      Nothing is written. Amounts are before tax. Flags: missing_hours, change (more than 30 % from the month before), \
      zero, no_buyer_tax_id, no_seller_tax_id, unrated, incomplete, already_invoiced, voided, carried_over, \
      correction_without_plan, failed.
      The exit status is 0 when nothing is flagged and 2 when something is.
      """,
    options: [
      InvoicingSetup.store, period,
      OptionDescription(
        "--customer", value: "ID", help: "Looks at this customer alone.", isRepeatable: true),
      OptionDescription(
        "--issued-at", value: "T", help: "The instant of the look, RFC 3339; without it now."),
      InvoicingSetup.config, OptionDescription("--json", help: "Reports as JSON on standard output."),
    ],
    examples: [
      .init("folio invoice preview --store billing.db --period 2024-01", "Lists the drafts of January.")
    ])

  static func run(_ arguments: ParsedArguments, in context: CommandContext) throws -> ExitStatus {
    guard let store = arguments.value("--store"), let month = try arguments.month("--period")
    else { return .usage }
    let customers = try arguments.customers("--customer")
    let instant = try arguments.instant("--issued-at") ?? context.second
    let settings = try InvoicingSetup.settings(store: store, arguments).settings
    let preview = InvoicePreview(reader: try StatementReader(path: store), settings: settings)
    var progress = context.makeProgress()
    defer { progress.finish() }
    let rows = try preview.rows(of: month, at: instant, customers: customers) { done, all in
      progress.show("\(done) of \(all) customers")
    }
    progress.finish()
    let report = PreviewReport(month: month, rows: rows)
    report.say(to: context.console)
    if arguments.flag("--json") { context.console.put(report.json) } else { report.put(to: context.console) }
    return report.flagged.isEmpty ? .done : .problemsFound
  }
}
