import FolioBilling
import FolioStore
import FolioTestSupport
import FolioWebhooks
import Foundation
import OperatingSystem
import Testing

@Suite struct WebhookSecretsTests {
  private func source(
    _ name: String = "billing", scheme: String = "standard-webhooks", secrets: String = #"["whsec_QUJD"]"#,
    customers: String = #""all""#, more: String = ""
  ) -> String {
    #"{"name":"\#(name)","scheme":"\#(scheme)","secrets":\#(secrets),"customers":\#(customers)\#(more)}"#
  }

  private func error(_ sources: String...) -> WebhookSecretsError? {
    error(file: #"{"sources":[\#(sources.joined(separator: ","))]}"#)
  }

  private func error(file: String) -> WebhookSecretsError? {
    do throws(WebhookSecretsError) {
      _ = try WebhookSecrets.parse(Array(file.utf8), path: "f")
      return nil
    } catch {
      return error
    }
  }

  @Test func `a file lists sources with their scheme and scope`() throws {
    let file =
      #"{"sources":[\#(source()),\#(source("shop", scheme: "stripe", secrets: #"["whsec_x"]"#, customers: #"["cus_1"]"#))]}"#
    let secrets = try WebhookSecrets.parse(Array(file.utf8), path: "f")
    #expect(secrets.sources.map(\.name) == ["billing", "shop"])
    #expect(secrets.sources.map(\.scheme) == [.standardWebhooks, .stripe])
    #expect(try secrets.source(named: "shop")?.customers == .only([CustomerID("cus_1")]))
    #expect(secrets.source(named: "Shop") == nil)
  }

  @Test(arguments: [
    ("standard-webhooks", "", SecretFault.empty), ("standard-webhooks", "whsec_", .empty),
    ("stripe", "", .empty),
    ("stripe", "whsec_", .empty), ("standard-webhooks", "whsec_a b=", .whiteSpace),
    ("stripe", "whsec_x\\n", .whiteSpace), ("standard-webhooks", "whsec_!!!!", .notBase64),
    ("standard-webhooks", "whsec_A", .notBase64), ("standard-webhooks", "whsec_QUI_", .notBase64),
  ])
  func `a secret that cannot be meant is refused when it is loaded`(
    scheme: String, secret: String, fault: SecretFault
  ) {
    let found = error(source(scheme: scheme, secrets: "[\"\(secret)\"]"))
    #expect(found == .unusableSecret(path: "f", field: "sources[0].secrets[0]", fault))
  }

  @Test func `unknown keys, duplicates and wrong fields are named`() {
    #expect(error(file: "{") != nil)
    #expect(
      error(file: #"{"sources":[\#(source())],"source":1}"#)
        == .unknownKey(path: "f", field: "source", known: ["sources"]))
    #expect(
      error(source(more: #","secret":"x""#))
        == .unknownKey(
          path: "f", field: "sources[0].secret", known: ["name", "scheme", "secrets", "customers"]))
    let again = source(secrets: #"["whsec_QUJE"]"#)
    #expect(error(source(), again) == .duplicate(path: "f", field: "sources[1].name"))
    #expect(error(source(), source("b")) == .duplicate(path: "f", field: "sources[1].secrets[0]"))
    let twice = source(customers: #"["cus_1","cus_1"]"#)
    #expect(error(twice) == .duplicate(path: "f", field: "sources[0].customers[1]"))
    for broken in [
      #"{"sources":[]}"#, #"{"sources":{}}"#, "[]", #"{"sources":["whsec_QUJD"]}"#,
      #"{"sources":[\#(source("a b"))]}"#, #"{"sources":[\#(source(scheme: "github"))]}"#,
      #"{"sources":[\#(source(secrets: "[]"))]}"#, #"{"sources":[\#(source(customers: "[]"))]}"#,
      #"{"sources":[\#(source(customers: #""cus_1""#))]}"#,
      #"{"sources":[\#(source(customers: #"["a b"]"#))]}"#,
    ] {
      guard case .field(path: "f", _) = error(file: broken) else {
        Issue.record("\(broken)")
        continue
      }
    }
  }

  @Test func `no error repeats a secret`() {
    for broken in [
      source(secrets: #""whsec_hidden""#), source(secrets: #"["whsec_hidden!"]"#),
      source(secrets: #"[["whsec_hidden"]]"#), source(secrets: #"{"whsec":"hidden"}"#),
    ] {
      #expect(!"\(String(describing: error(broken)))".contains("hidden"))
    }
    #expect(error(source(secrets: #""whsec_hidden""#)) != nil)
  }

  @Test func `a new file can be loaded, and no two hold one secret`() throws {
    let files = (0..<2).map { _ in WebhookSecrets.freshFile(source: "billing", scheme: .stripe) }
    #expect(files[0] != files[1])
    for file in files {
      #expect(try WebhookSecrets.parse(file, path: "f").sources.map(\.scheme) == [.stripe])
    }
  }
}

@Suite struct WebhookSecretsFileTests {
  private let folder: TemporaryFolder
  private let file: String
  private let user = CurrentProcess.userID

  init() throws {
    folder = try TemporaryFolder()
    let text = String(
      decoding: WebhookSecrets.freshFile(source: "billing", scheme: .standardWebhooks), as: UTF8.self)
    file = try folder.write(text, to: "secrets.json")
  }

  private func error(_ path: String? = nil, user: UInt32? = nil, credentials: String? = nil)
    -> WebhookSecretsError?
  {
    do throws(WebhookSecretsError) {
      _ = try WebhookSecrets.load(
        path ?? file, user: user ?? self.user, credentialsDirectory: credentials)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [0o600, 0o400])
  func `a file that only its owner reads is loaded`(mode: UInt32) throws {
    try Files.setMode(mode, of: file)
    #expect(error() == nil)
  }

  @Test(arguments: [0o640, 0o604, 0o644, 0o620, 0o602, 0o660, 0o601])
  func `a file that others can use is refused`(mode: UInt32) throws {
    try Files.setMode(mode, of: file)
    #expect(error() == .readableByOthers(path: file, mode: mode))
  }

  @Test
  func `a credential of systemd may be read by the service's access control list, which shows as a group`()
    throws
  {
    try Files.setMode(0o440, of: file)
    #expect(error(credentials: folder.url.path) == nil)
    #expect(error(credentials: folder.path("elsewhere")) == .readableByOthers(path: file, mode: 0o440))
    try Files.setMode(0o444, of: file)
    #expect(error(credentials: folder.url.path) == .readableByOthers(path: file, mode: 0o444))
  }

  @Test func `a file of another user is refused, unless it is root's`() throws {
    try Files.setMode(0o600, of: file)
    let stranger = error(user: user + 1)
    #expect(stranger == (user == 0 ? nil : .foreignOwner(path: file, owner: user)))
    if user == 0 {
      try FileManager.default.setAttributes([.ownerAccountID: 12_345], ofItemAtPath: file)
      #expect(error() == .foreignOwner(path: file, owner: 12_345))
    }
  }

  @Test func `a folder, a pipe and nothing are refused, and the pipe is not waited for`() {
    #expect(error(folder.url.path) == .notARegularFile(path: folder.url.path))
    let pipe = folder.path("pipe")
    unsafe mkfifo(pipe, 0o600)
    #expect(error(pipe) == .notARegularFile(path: pipe))
    guard case .system(let missing)? = error(folder.path("none")) else {
      Issue.record("a missing file is an error of the system")
      return
    }
    #expect(missing.isNotFound)
  }
}
