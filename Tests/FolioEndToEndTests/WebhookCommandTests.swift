import FolioBilling
import FolioStore
import FolioTestSupport
import FolioWebhooks
import Foundation
import JSON
import Testing

@Suite struct WebhookCommandTests {
  private let folder: TemporaryFolder
  private let secretFile: String
  private var store: String { folder.path("billing.db") }

  init() throws {
    folder = try TemporaryFolder()
    let made = try folio("secret", "new")
    secretFile = try folder.write(made.output, to: "secrets.json")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: secretFile)
  }

  private func loadSecrets() throws -> WebhookSecrets {
    try WebhookSecrets.parse(Array(Data(contentsOf: URL(fileURLWithPath: secretFile))), path: secretFile)
  }

  @Test func `a new secret is another one each time, under the name and scheme asked for`() throws {
    let other = try folio("secret", "new", "--source", "shop", "--scheme", "stripe")
    #expect(other.status == 0)
    let source = try #require(
      try WebhookSecrets.parse(Array(other.output.utf8), path: "f").sources.first)
    #expect(source.name == "shop" && source.scheme == .stripe && source.customers == .all)
    #expect(try folio("secret", "new").output != folio("secret", "new").output)
    let wrong = try folio("secret", "new", "--scheme", "github")
    #expect(wrong.status == 64)
    #expect(wrong.words.contains("--scheme must be standard-webhooks or stripe, not 'github'"))
  }

  @Test func `what is sent is signed, each line under its own id`() throws {
    let receiver = try Receiver(
      answering: "HTTP/1.1 202 Accepted\r\nConnection: close\r\n\r\n{\"id\":\"x\",\"state\":\"pending\"}")
    let lines = [#"{"id":"evt_1","type":"billing.x","data":{}}"#, #"{"type":"billing.y","data":{}}"#]
    let file = try folder.write(lines[0] + "\n\n" + lines[1] + "\r\n", to: "events.jsonl")
    let run = try folio("send", file, "--to", receiver.url, "--secret-file", secretFile)
    #expect(run.status == 0, "\(run.words)")
    #expect(run.output.contains("evt_1 202 pending\nmsg_"))
    #expect(receiver.received.count == 2)
    let secrets = try loadSecrets()
    for (request, line) in zip(receiver.received, lines) {
      #expect(request.hasPrefix("POST /webhooks/billing HTTP/1.1\r\nHost: 127.0.0.1:\(receiver.port)\r\n"))
      let (headers, body) = try parts(of: request)
      #expect(body == line)
      let now = Timestamp(secondsSinceEpoch: Int64(Date().timeIntervalSince1970))
      #expect(
        throws: Never.self
      ) { try secrets.sender(of: Array(body.utf8), headers, customer: nil, at: now) }
    }
    let named = try folio("send", file, "--to", receiver.url, "--secret-file", secretFile, "--id", "a")
    #expect(named.status == 1 && named.words.contains("--id names one event, and the file has 2"))
  }

  private func parts(of request: String) throws -> (DeliveryHeaders, body: String) {
    let halves = request.components(separatedBy: "\r\n\r\n")
    var fields: [String: [UInt8]] = [:]
    for line in halves[0].components(separatedBy: "\r\n").dropFirst() {
      let field = line.components(separatedBy: ": ")
      fields[field[0]] = Array(try #require(field.last).utf8)
    }
    let headers = DeliveryHeaders(
      id: fields["webhook-id"], timestamp: fields["webhook-timestamp"], signature: fields["webhook-signature"]
    )
    return (headers, halves[1])
  }

  @Test func `an answer that is no success, or no HTTP, fails`() throws {
    let file = try folder.write("{}", to: "event.json")
    for (answer, words) in [
      ("HTTP/1.1 503 Service Unavailable\r\n\r\n", " 503 -\n"),
      ("HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/\r\n\r\n", " 301 -\n"),
      ("SSH-2.0-x\r\n", "is no HTTP/1"),
    ] {
      let receiver = try Receiver(answering: answer)
      let run = try folio("send", file, "--to", receiver.url, "--secret-file", secretFile)
      #expect(run.status == 1)
      #expect((run.output + run.words).contains(words), "\(run.output) \(run.words)")
      #expect(receiver.received.count == 1)
    }
  }

  @Test func `an https address goes through curl, which sees no secret and gets the rest on its input`()
    throws
  {
    let curl = try folder.write(
      "#!/bin/sh\necho \"$@\" > \"$FOLDER/arguments\"\ncat > \"$FOLDER/input\"\nprintf '{\"state\":\"pending\"}\\n202'\n",
      to: "bin/curl")
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: curl)
    let file = try folder.write("{\"id\":\"evt_1\",\"a\":\"b\\\\\"}\n", to: "event.json")
    let path = folder.path("bin") + ":/usr/bin:/bin"
    let send = ["send", file, "--to", "https://example.test/hook?x=1", "--secret-file", secretFile]
    let run = try folio(send, environment: ["PATH": path, "FOLDER": folder.url.path])
    #expect(run.status == 0 && run.output == "evt_1 202 pending\n", "\(run.words)")
    let arguments = try String(contentsOfFile: folder.path("arguments"), encoding: .utf8)
    #expect(arguments == "-q -K -\n")
    let input = try String(contentsOfFile: folder.path("input"), encoding: .utf8)
    #expect(input.contains("url = \"https://example.test/hook?x=1\"\nproto = \"=https\"\n"))
    #expect(input.contains("header = \"webhook-id: evt_1\"\n"))
    #expect(input.hasSuffix("data-raw = \"{\\\"id\\\":\\\"evt_1\\\",\\\"a\\\":\\\"b\\\\\\\\\\\"}\\n\"\n"))
    #expect(!input.contains("whsec_") && !input.contains("location"))
    let missing = try folio(send, environment: ["PATH": folder.path("nowhere")])
    #expect(missing.status == 1 && missing.words.contains("needs the program 'curl'"))
  }

  @Test func `secrets that others can read are not used`() throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: secretFile)
    let file = try folder.write("{}", to: "event.json")
    let run = try folio("send", file, "--to", "http://127.0.0.1:1/", "--secret-file", secretFile)
    #expect(run.status == 1 && run.words.contains("can be used by others (mode 644). Run: chmod 600"))
    let address = try folio("send", file, "--to", "ftp://x", "--secret-file", secretFile)
    #expect(address.status == 64 && address.words.contains("--to must be an address such as http://"))
  }

  /// Takes bodies as the listener does, each under its place as an id, and applies them.
  private func receive(_ bodies: String...) throws {
    let secrets = try loadSecrets()
    let source = try #require(secrets.sources.first)
    let inbox = try Inbox(path: Inbox.path(forStoreAt: store))
    let time = Timestamp(secondsSinceEpoch: 1_700_000_000)
    let deliveries = try bodies.enumerated().map { index, text in
      let body = Array(text.utf8)
      let head = source.sign(body, id: "m\(index)", at: time).map { Array($0.value.utf8) }
      let headers = DeliveryHeaders(id: head[0], timestamp: head[1], signature: head[2])
      let sender = try secrets.sender(of: body, headers, customer: nil, at: time)
      return secrets.delivery(from: sender, body: body, customer: nil)
    }
    _ = try inbox.accept(deliveries, receivedAt: time)
    let billing = try BillingStore(path: store, isCreating: true)
    _ = try inbox.applyPending(limit: 100, to: billing, receivedAt: time, decode: secrets.verdict)
  }

  @Test func `events lists what is not applied, and why`() throws {
    #expect(try folio("events", "--store", store).words.contains("There is no store at"))
    let customer = EventLines.customer("cus_a")
    try receive(
      customer, customer.replacing("usd", with: "zzz"), #"{"type":"billing.new","data":{}}"#,
      #"{"type":"billing.payment_succeeded","data":{"invoice_id":"in_1","amount_paid":1,"paid_at":"2024-02-01T00:00:00Z"}}"#,
      #"{"type":"billing.customer.updated","data":{"pan":"4242"}}"#)
    let all = try folio("events", "--store", store)
    #expect(all.status == 0 && all.words.contains("1 waiting, 2 refused, 1 of unknown type"), "\(all.words)")
    #expect(
      all.output.contains(
        "2023-11-14T22:13:20Z  waiting  billing/m3  billing.payment_succeeded  -  for invoice in_1\n"))
    #expect(all.output.contains("data.currency must be an ISO 4217 currency such as usd, not \"zzz\"."))
    #expect(all.output.contains("holds card data, and none of it was kept"))
    let waiting = try folio("events", "--store", store, "--waiting", "--json")
    #expect(
      waiting.output
        == #"{"source":"billing","id":"m3","type":"billing.payment_succeeded","customer_id":null,"received_at":"2023-11-14T22:13:20Z","state":"waiting","waiting_for":"invoice in_1","field":null,"expected":null}"#
        + "\n")
    let refused = try folio("events", "--store", store, "--refused", "--json")
    #expect(refused.output.split(separator: "\n").count == 2)
    #expect(refused.output.contains(#""field":"data.currency","expected":"currency""#))
    #expect(try folio("events", "--store", store, "--conflict").words.contains("No such events"))
  }

  @Test func `events replay queues what can be tried again, and says what cannot`() throws {
    try receive(
      EventLines.customer("cus_a"), #"{"type":"billing.new","data":{}}"#,
      #"{"type":"billing.customer.updated","data":{"pan":"4242"}}"#)
    let run = try folio("events", "replay", "m0", "m1", "m2", "m9", "--store", store)
    #expect(run.status == 3 && run.output == "m1\n", "\(run.words)")
    for words in ["'m0': is applied already", "'m2': nothing of its body was kept", "'m9': was not received"]
    {
      #expect(run.words.contains(words), "\(run.words)")
    }
    #expect(try folio("events", "--store", store).words.contains("1 pending"))
    let since = try folio("events", "replay", "--since", "2023-11-14T22:13:21Z", "--store", store)
    #expect(since.status == 0 && since.output.isEmpty)
    let none = try folio("events", "replay", "--store", store)
    #expect(none.status == 64 && none.words.contains("ID is missing"))
    let both = try folio("events", "replay", "m1", "--since", "2023-11-14T22:13:21Z", "--store", store)
    #expect(both.status == 64 && both.words.contains("'m1' is one argument too many"))
  }
}
