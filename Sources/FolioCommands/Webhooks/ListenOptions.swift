import FolioBilling
import FolioWebhooks
import OperatingSystem
import Publishing

/// What `folio listen` was told on its command line.
struct ListenOptions: Sendable {
  let store: String
  let place: SitePlace
  let secrets: String
  let address: SocketAddress
  let operations: SocketAddress
  let jobs: Int
  /// systemd's folder of credentials, if the service has one.
  let credentials: String?

  init(_ arguments: ParsedArguments, _ context: CommandContext) throws {
    store = arguments.value("--store") ?? ""
    place = try SitePlace(
      arguments.value("--out") ?? "", state: arguments.value("--state"), home: context.environment("HOME"))
    credentials = context.environment("CREDENTIALS_DIRECTORY")
    secrets = Self.secretsPath(arguments.value("--secrets") ?? "", credentials)
    address =
      try arguments.address("--address") ?? SocketAddress(host: .version4([127, 0, 0, 1]), port: 8484)
    operations =
      try arguments.address("--operations") ?? SocketAddress(host: .version4([127, 0, 0, 1]), port: 8485)
    jobs = try arguments.wholeNumber("--jobs", in: 1...256) ?? Threads.processorCount
  }

  /// Descriptors that connections leave to stores, logs and the folders of portals that are being staged.
  var reservedDescriptors: Int { 32 + 64 * jobs }

  /// A bare name is looked for among the service's credentials where it has some.
  private static func secretsPath(_ name: String, _ credentials: String?) -> String {
    guard let credentials, !name.utf8.contains(UInt8(ascii: "/")) else { return name }
    return credentials + "/" + name
  }

  /// Reads the sources that may send.
  func loadSecrets() throws -> WebhookSecrets {
    try WebhookSecrets.load(secrets, user: CurrentProcess.userID, credentialsDirectory: credentials)
  }
}

extension ParsedArguments {
  func address(_ name: String) throws(ArgumentError) -> SocketAddress? {
    guard let text = value(name) else { return nil }
    guard let address = SocketAddress(text) else { throw invalidValue(of: name, expected: .address) }
    return address
  }
}
