import FolioBilling
import FolioInvoicing
import FolioStore

/// `folio credit-note issue`: a correction of an invoice, with a number of its own series.
enum CreditNoteIssueCommand: Command {
  static let description = CommandDescription(
    name: "credit-note issue", abstract: "Issues a credit note, never above what is left of its invoice.",
    discussion: """
      The number of the credit note goes to standard output. With --id a command that is repeated issues it once: the \
      same content changes nothing, other content is refused.
      """,
    options: [
      InvoicingSetup.store, InvoicingSetup.invoice,
      OptionDescription(
        "--amount", value: "A", help: "How much, in the invoice's currency.", isRequired: true),
      InvoicingSetup.reason,
      OptionDescription(
        "--id", value: "CN_ID", help: "The credit note's id; without it one is made from its number."),
      OptionDescription(
        "--at", value: "T", help: "When, RFC 3339, not before the newest credit note; without it now."),
      InvoicingSetup.config,
    ],
    examples: [
      .init(
        "folio credit-note issue --store billing.db --invoice in_1 --amount 20.00 --reason \"Sent twice\" --id cn_ticket_7",
        "Credits 20.00 once.")
    ])

  static func run(_ arguments: ParsedArguments, in context: CommandContext) throws -> ExitStatus {
    guard let path = arguments.value("--store"), let invoice = arguments.value("--invoice"),
      let amount = try arguments.amount("--amount")
    else { return .usage }
    let id: InvoiceID = try arguments.identifier(invoice, of: "--invoice")
    let note: CreditNoteID? = try arguments.value("--id").map { text throws(ArgumentError) in
      try arguments.identifier(text, of: "--id")
    }
    let (settings, configuration) = try InvoicingSetup.settings(store: path, arguments)
    let request = InvoiceCorrections.CreditNoteRequest(
      invoice: id, amount: amount, reason: arguments.value("--reason"), id: note,
      issueTime: try context.issueTime("--at", arguments, configuration))
    let store = try BillingStore(path: path, isCreating: false)
    let corrections = InvoiceCorrections(store: store, receivedAt: context.now())
    tell(try corrections.issueCreditNote(request, settings), id, context.console)
    return .done
  }

  private static func tell(_ outcome: RecordingOutcome<CreditNote>, _ invoice: InvoiceID, _ console: Console)
  {
    switch outcome {
    case .recorded(let note):
      console.say("Credited \(ErrorPresentation.text(for: note.amount)) of \(invoice.text) (\(note.id.text))")
      console.put(note.number)
    case .known(let note):
      console.say("The credit note \(note.id.text) is there already; nothing changed")
      console.put(note.number)
    }
  }
}
