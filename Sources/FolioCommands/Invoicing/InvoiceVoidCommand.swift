import FolioBilling
import FolioInvoicing
import FolioStore

/// `folio invoice void`: an invoice that should not have been issued.
enum InvoiceVoidCommand: Command {
  static let description = CommandDescription(
    name: "invoice void", abstract: "Voids an invoice of which nothing was paid or credited.",
    discussion: """
      Its number stays used. What was paid or credited in part is corrected by a credit note instead.
      The exit status is 0 also when the invoice is void already.
      """,
    arguments: [ArgumentDescription("INVOICE", help: "The invoice's id.")],
    options: [
      InvoicingSetup.store, InvoicingSetup.reason,
      OptionDescription("--at", value: "T", help: "When, RFC 3339; without it now."),
    ],
    examples: [
      .init(
        "folio invoice void in_2024-01_0123456789abcdef --store billing.db --reason \"Issued twice\"",
        "Voids one invoice.")
    ])

  static func run(_ arguments: ParsedArguments, in context: CommandContext) throws -> ExitStatus {
    guard let path = arguments.value("--store") else { return .usage }
    let id: InvoiceID = try arguments.identifier(arguments.positionals[0], of: "INVOICE")
    let time = try arguments.instant("--at") ?? context.second
    let store = try BillingStore(path: path, isCreating: false)
    let corrections = InvoiceCorrections(store: store, receivedAt: context.now())
    switch try corrections.void(id, at: time, reason: arguments.value("--reason")) {
    case .recorded(let invoice):
      context.console.say("Voided \(printable(invoice.document.number, mostScalars: 80)) (\(id.text))")
    case .known(let invoice):
      context.console.say(
        "\(printable(invoice.document.number, mostScalars: 80)) (\(id.text)) is void already; nothing changed"
      )
    }
    return .done
  }
}
