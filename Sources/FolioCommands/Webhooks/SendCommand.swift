import FolioBilling
import FolioStore
import FolioWebhooks
import JSON
import OperatingSystem

/// `folio send`: signs events and posts them, as their senders do.
enum SendCommand: Command {
  static let description = CommandDescription(
    name: "send", abstract: "Signs an event, or each line of a file, and posts it to a listener.",
    discussion: """
      A file that ends in .jsonl or .ndjson is one event a line, any other is one event. An event's id is its own, or \
      one made from its bytes, so that sending a file again changes nothing.
      Prints id, status and the receiver's state, one line an event. The exit status is 3 when one was not accepted, \
      and 1 when none was. Redirects are not followed; https needs curl.
      """,
    arguments: [ArgumentDescription("FILE", help: "What to send.")],
    options: [
      OptionDescription("--to", value: "URL", help: "The receiver's address.", isRequired: true),
      OptionDescription(
        "--secret-file", value: "F", help: "The file of secrets, as 'folio secret new' prints it.",
        isRequired: true),
      OptionDescription(
        "--source", value: "NAME", help: "Which of its sources; needed where it has several."),
      OptionDescription("--id", value: "ID", help: "The id of the one event."),
    ],
    examples: [
      .init(
        "folio send event.json --to http://127.0.0.1:8080/webhooks/billing --secret-file secrets.json",
        "Posts one event to a listener on this machine.")
    ])

  static func run(_ arguments: ParsedArguments, in context: CommandContext) throws -> ExitStatus {
    guard let address = arguments.value("--to"), let file = arguments.value("--secret-file") else {
      return .usage
    }
    guard let target = PostTarget(address) else {
      throw arguments.invalidValue(of: "--to", expected: .httpAddress)
    }
    let source = try source(in: file, arguments, context)
    let bodies = try bodies(of: arguments.positionals[0])
    let named = try id(arguments)
    if named != nil, bodies.count != 1 { throw SendError.idOfManyEvents(count: bodies.count) }
    var accepted = 0
    for body in bodies {
      let id = named ?? makeID(of: body)
      let headers = source.sign(body, id: id, at: context.now())
      let answer =
        try target.isSecure
        ? CurlPost.send(body, to: target, headers: headers)
        : HTTPPost.send(body, to: target, headers: headers)
      if (200...299).contains(answer.status) { accepted += 1 }
      context.console.put("\(printable(id, mostScalars: 120)) \(answer.status) \(state(in: answer.body))")
    }
    if accepted == bodies.count { return .done }
    return accepted == 0 ? .failed : .partlyDone
  }

  private static func source(
    in file: String, _ arguments: ParsedArguments, _ context: CommandContext
  ) throws -> WebhookSource {
    let secrets = try WebhookSecrets.load(
      file, user: CurrentProcess.userID,
      credentialsDirectory: context.environment("CREDENTIALS_DIRECTORY"))
    let names = secrets.sources.map(\.name)
    guard let name = arguments.value("--source") else {
      guard let only = secrets.sources.first, names.count == 1 else {
        throw SendError.sourceNeeded(known: names)
      }
      return only
    }
    guard let source = secrets.source(named: name) else {
      throw SendError.unknownSource(name, known: names)
    }
    return source
  }

  private static func bodies(of path: String) throws -> [[UInt8]] {
    let bytes = try Files.read(path, bytesLimit: FileImporter.documentBytesLimit)
    guard
      [".jsonl", ".ndjson"].contains(where: { Array(path.utf8).suffix($0.utf8.count).elementsEqual($0.utf8) })
    else { return [bytes] }
    return bytes.split(separator: UInt8(ascii: "\n")).map { line in
      Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
    }.filter { line in !line.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") } }
  }

  private static func id(_ arguments: ParsedArguments) throws(ArgumentError) -> String? {
    guard let id = arguments.value("--id") else { return nil }
    guard WebhookSource.isMessageID(id) else {
      throw arguments.invalidValue(of: "--id", expected: .messageID)
    }
    return id
  }

  /// The event's own id where it has one that can be sent.
  private static func makeID(of body: [UInt8]) -> String {
    if case .string(let id)? = member("id", of: body), WebhookSource.isMessageID(id) { return id }
    return makeEventID("msg", body).text
  }

  /// What the receiver says of the event, as a listener of this program does.
  private static func state(in body: [UInt8]) -> String {
    guard case .string(let state)? = member("state", of: body) else { return "-" }
    return printable(state, mostScalars: 40)
  }

  private static func member(_ name: String, of body: [UInt8]) -> JSONValue? {
    do throws(JSONSyntaxError) {
      if case .object(let object) = try JSONParser.parse(body) { return object[name] }
    } catch {}
    return nil
  }
}

/// Why nothing was sent.
enum SendError: Error, Equatable {
  /// The file of secrets has several sources.
  case sourceNeeded(known: [String])
  case unknownSource(String, known: [String])
  /// `--id` with a file of several events, or of none.
  case idOfManyEvents(count: Int)
}
