import FolioBilling
import FolioInvoicing
import FolioStore

/// `folio payment record`: what was paid of an invoice, where no webhook tells it.
enum PaymentRecordCommand: Command {
  static let description = CommandDescription(
    name: "payment record", abstract: "Records a payment of an invoice.",
    discussion: """
      The same payment again (invoice, instant and amount) changes nothing, whoever reported it first. More than is \
      still due is refused unless --allow-overpayment is given.
      """,
    options: [
      InvoicingSetup.store, InvoicingSetup.invoice,
      OptionDescription(
        "--amount", value: "A", help: "How much, in the invoice's currency.", isRequired: true),
      OptionDescription("--paid-at", value: "T", help: "When, RFC 3339.", isRequired: true),
      OptionDescription("--method", value: "M", help: "How, such as bank_transfer or card_ending_4242."),
      OptionDescription("--allow-overpayment", help: "Takes more than is still due."),
    ],
    examples: [
      .init(
        "folio payment record --store billing.db --invoice in_1 --amount 421.00 --paid-at 2024-02-05T09:00:00Z",
        "Records a payment in full.")
    ])

  static func run(_ arguments: ParsedArguments, in context: CommandContext) throws -> ExitStatus {
    guard let path = arguments.value("--store"), let invoice = arguments.value("--invoice"),
      let amount = try arguments.amount("--amount"), let paidAt = try arguments.instant("--paid-at")
    else { return .usage }
    let id: InvoiceID = try arguments.identifier(invoice, of: "--invoice")
    let store = try BillingStore(path: path, isCreating: false)
    let corrections = InvoiceCorrections(store: store, receivedAt: context.now())
    let outcome = try corrections.recordPayment(
      of: amount, for: id, paidAt: paidAt, method: arguments.value("--method"),
      allowsOverpayment: arguments.flag("--allow-overpayment"))
    switch outcome {
    case .recorded: context.console.say("Recorded \(amount.text) paid of \(id.text)")
    case .known: context.console.say("The payment is recorded already; nothing changed")
    }
    return .done
  }
}
