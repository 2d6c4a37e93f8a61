import FolioBilling
import FolioWebhooks

/// `folio secret new`: a file of secrets to start with.
enum SecretNewCommand: Command {
  static let description = CommandDescription(
    name: "secret new", abstract: "Prints a file of secrets with one source and a new secret.",
    discussion: """
      The secret is 32 random bytes. Give it to the sender, and the file to 'folio listen --secrets'. To rotate, put a \
      second secret into the source's list, let the sender change over, and take the first one out.
      The source may speak for all customers; name a list of them as "customers" where it may not.
      """,
    options: [
      OptionDescription(
        "--source", value: "NAME", help: "What the source is called; 'billing' unless given."),
      OptionDescription(
        "--scheme", value: "S", help: "standard-webhooks, unless given, or stripe: how the sender signs."),
    ],
    examples: [
      .init("(umask 077 && folio secret new > secrets.json)", "Makes a file that only its owner can read.")
    ])

  static func run(_ arguments: ParsedArguments, in context: CommandContext) throws -> ExitStatus {
    let source: EventID = try arguments.identifier(arguments.value("--source") ?? "billing", of: "--source")
    let scheme = try scheme(arguments)
    context.console.put(WebhookSecrets.freshFile(source: source.text, scheme: scheme))
    return .done
  }

  private static func scheme(_ arguments: ParsedArguments) throws(ArgumentError) -> SignatureScheme {
    guard let name = arguments.value("--scheme") else { return .standardWebhooks }
    guard let scheme = SignatureScheme.allCases.first(where: { $0.rawValue.utf8.elementsEqual(name.utf8) })
    else {
      throw arguments.invalidValue(of: "--scheme", expected: .oneOf(SignatureScheme.allCases.map(\.rawValue)))
    }
    return scheme
  }
}
