import FolioTestSupport
import Foundation
import Testing

@Suite struct ListenTests {
  private let folder: TemporaryFolder
  private var store: String { folder.path("billing.db") }
  private var secrets: String { folder.path("secrets.json") }

  init() throws {
    folder = try TemporaryFolder()
    try newSecrets("secrets.json")
  }

  private func newSecrets(_ name: String) throws {
    let file = try folder.write(folio("secret", "new").output, to: name)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
  }

  private var arguments: [String] {
    [
      "listen", "--store", store, "--out", folder.path("site"), "--secrets", secrets,
      "--address", "127.0.0.1:0", "--operations", "127.0.0.1:0",
    ]
  }

  private func send(_ lines: [String], to address: String, secrets: String? = nil) throws -> ProgramRun {
    let file = try folder.write(lines.joined(separator: "\n"), to: "events.jsonl")
    return try folio(
      "send", file, "--to", "http://\(address)/webhooks/billing", "--secret-file", secrets ?? self.secrets)
  }

  private func portals() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path("site")).filter { $0.hasPrefix("cus_") }
  }

  @Test func `an event becomes a portal, and SIGTERM ends the listener with status 0`() throws {
    let listener = try RunningListener(arguments, log: folder.path("log"))
    let run = try send([EventLines.plan()] + EventLines.january("cus_a"), to: listener.address)
    #expect(run.status == 0 && run.output.split(separator: "\n").allSatisfy { $0.hasSuffix(" 202 accepted") })
    try listener.wait(for: #""event":"published","customer_id":"cus_a""#)
    #expect(try portals() == ["cus_a"])
    #expect(listener.end(with: SIGTERM) == 0)
    #expect(try folio("verify", "--out", folder.path("site")).status == 0)
  }

  @Test func `an import beside the listener is published, too`() throws {
    let listener = try RunningListener(arguments, log: folder.path("log"))
    let file = try folder.write(
      ([EventLines.plan()] + EventLines.january("cus_b")).joined(separator: "\n"), to: "import.ndjson")
    #expect(try folio("import", "--store", store, file).status == 0)
    try listener.wait(for: #""event":"published","customer_id":"cus_b""#)
    #expect(listener.end(with: SIGTERM) == 0)
  }

  @Test func `SIGHUP takes new secrets, and leaves the old ones where the file cannot be read`() throws {
    let listener = try RunningListener(arguments, log: folder.path("log"))
    try newSecrets("other.json")
    let (event, other) = ([EventLines.customer("cus_a")], folder.path("other.json"))
    #expect(try send(event, to: listener.address, secrets: other).output.contains(" 400 "))
    try FileManager.default.removeItem(atPath: secrets)
    try FileManager.default.copyItem(atPath: other, toPath: secrets)
    listener.signal(SIGHUP)
    try listener.wait(for: #""event":"reloaded""#)
    #expect(try send(event, to: listener.address).output.contains(" 202 accepted"))
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: secrets)
    listener.signal(SIGHUP)
    try listener.wait(for: #""event":"not_reloaded""#)
    #expect(try send(event, to: listener.address, secrets: other).output.contains(" 202 "))
    #expect(listener.end(with: SIGTERM) == 0)
  }

  @Test func `what waits in the inbox is applied and published once by a run that ends`() throws {
    let listener = try RunningListener(arguments, log: folder.path("log"))
    let bad = EventLines.event("customer.updated", "e_bad", at: "2024-01-01T00:00:00Z", of: "cus_a", "")
    #expect(try send([bad], to: listener.address).output.contains(" 202 refused"))
    #expect(listener.end(with: SIGTERM) == 0)
    let file = try folder.write(
      ([EventLines.plan()] + EventLines.january("cus_a")).joined(separator: "\n"), to: "import.ndjson")
    #expect(try folio("import", "--store", store, file).status == 0)
    let run = try folio(arguments + ["--once"])
    #expect(run.status == 0, "\(run.words)")
    #expect(try portals() == ["cus_a"])
    #expect(try folio(arguments + ["--once"]).status == 0)
  }

  @Test func `secrets that others may read stop the start`() throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: secrets)
    let run = try folio(arguments)
    #expect(run.status == 1 && run.words.contains("secrets.json"), "\(run.words)")
  }

  @Test func `an address must be numeric, with a port`() throws {
    let run = try folio(arguments.map { $0 == "127.0.0.1:0" ? "localhost:80" : $0 })
    #expect(run.status == 64 && run.words.contains("--address must be an IP address with a port"))
  }

  @Test func `the service manager hears when the listener is ready`() throws {
    let manager = try NotifySocket(at: folder.path("notify"))
    let listener = try RunningListener(
      arguments, log: folder.path("log"), environment: ["NOTIFY_SOCKET": folder.path("notify")])
    #expect(manager.next() == "READY=1")
    #expect(listener.end(with: SIGTERM) == 0)
    #expect(manager.next() == "STOPPING=1")
  }
}

/// `folio listen` in a process of its own, whose log is a file.
private final class RunningListener {
  private let process = Process()
  private let log: String
  let address: String

  init(_ arguments: [String], log: String, environment: [String: String] = [:]) throws {
    self.log = log
    let program: URL = try #require(Programs.folio, "the program is built with the tests")
    process.executableURL = program
    process.arguments = arguments
    let resources = ["FOLIO_RESOURCES": Repository.root.path]
    process.environment = ProcessInfo.processInfo.environment.merging(resources) { $1 }
      .merging(environment) { $1 }
    try Data().write(to: URL(fileURLWithPath: log))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let line = try Self.wait(for: #""event":"listening""#, in: log)
    address = String(line.split(separator: #""address":""#)[1].prefix { $0 != "\"" })
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  func signal(_ signal: Int32) { kill(process.processIdentifier, signal) }

  func end(with signal: Int32) -> Int32 {
    self.signal(signal)
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : -1
  }

  /// Waits until the log has a line with this in it.
  func wait(for text: String) throws { _ = try Self.wait(for: text, in: log) }

  private static func wait(for text: String, in log: String) throws -> String {
    let end = Date().addingTimeInterval(120)
    while Date() < end {
      let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
      if let line = lines.first(where: { $0.contains(text) }) { return String(line) }
      usleep(10_000)
    }
    throw Missing(text: text, log: try String(contentsOfFile: log, encoding: .utf8))
  }

  private struct Missing: Error {
    let text: String
    let log: String
  }
}

/// The socket of a service manager (sd_notify(3)).
private final class NotifySocket {
  private let number: Int32

  init(at path: String) throws {
    number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: Array(path.utf8) + [0]) }
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(result == 0)
    var limit = timeval(tv_sec: 120, tv_usec: 0)
    unsafe setsockopt(
      number, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(number) }

  /// The next message, or nil when none comes.
  func next() -> String? {
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = unsafe recv(number, &buffer, buffer.count, 0)
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }
}
