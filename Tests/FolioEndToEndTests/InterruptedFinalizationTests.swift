import FolioTestSupport
import Foundation
import SQLite
import Testing

/// Whether tests take the time for their long form.
private let isFull = ProcessInfo.processInfo.environment["FOLIO_FULL"] != nil

@Suite struct InterruptedFinalizationTests {
  private static let customers = (10...39).map { "cus_\($0)" }
  private let shop: InvoicingShop

  init() throws { shop = try InvoicingShop(Self.customers.flatMap { EventLines.january($0) }) }

  /// Starts a run on a store, to be waited for.
  private func start(on store: String) throws -> Process {
    let program: URL = try #require(Programs.folio)
    let process = Process()
    process.executableURL = program
    process.arguments = [
      "invoice", "finalize", "--store", store, "--period", "2024-01", "--issued-at", "2024-02-01T00:10:00Z",
      "--config", shop.folder.path("portal.json"),
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// A copy of the store as it was before anything was issued.
  private func copy(_ round: Int) throws -> String {
    let store = shop.folder.path("round\(round).db")
    try Connection(path: shop.store, mode: .readWrite).execute("VACUUM INTO '\(store)'")
    return store
  }

  private func expectWhole(_ store: String, _ comment: Comment) throws {
    let invoices = try InvoicingShop.invoices(in: store)
    #expect(invoices.map(\.customer).sorted() == Self.customers, comment)
    #expect(
      invoices.map(\.number) == (1...Self.customers.count).map { String(format: "AS2-2024-%03d", $0) },
      comment)
    let integrity = try Connection(path: store, mode: .readOnly).pragma("integrity_check")
    #expect(integrity == "ok", comment)
  }

  @Test func `killed at any instant and run again, each customer has one invoice and no number is missing`()
    throws
  {
    let rounds = isFull ? 220 : 15
    let whole = try copy(0)
    try start(on: whole).waitUntilExit()
    try expectWhole(whole, "not killed")
    var instants = InstantsOfDeath()
    for round in 1...rounds {
      let store = try copy(round)
      for _ in 1...3 {
        let process = try start(on: store)
        usleep(instants.next())
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        instants.note(isKilled: process.terminationReason == .uncaughtSignal)
        let numbers = try InvoicingShop.invoices(in: store).map(\.number)
        #expect(
          numbers == (0..<numbers.count).map { String(format: "AS2-2024-%03d", $0 + 1) }, "round \(round)")
      }
      let last = try start(on: store)
      last.waitUntilExit()
      #expect(last.terminationStatus == 0)
      try expectWhole(store, "round \(round)")
      for suffix in ["", "-wal", "-shm", ".writer"] {
        try? FileManager.default.removeItem(atPath: store + suffix)
      }
    }
    #expect(instants.killed > rounds, "\(instants.killed) runs were cut off")
  }

  @Test func `two runs at once issue each invoice once`() throws {
    for round in 1...(isFull ? 20 : 3) {
      let store = try copy(round)
      let runs = try [start(on: store), start(on: store)]
      for run in runs {
        run.waitUntilExit()
        #expect(run.terminationStatus == 0)
      }
      try expectWhole(store, "round \(round)")
    }
  }
}

/// When to kill a run, in microseconds from its start: spread over what a run takes just now, which differs by the
/// factor of how busy the machine is.
private struct InstantsOfDeath {
  private(set) var killed = 0
  private var longest = 100_000.0
  private var count = 0

  mutating func next() -> UInt32 {
    count += 1
    return UInt32(longest * Double(count * 7_919 % 1_000) / 1_000)
  }

  /// A run that ended before its instant makes the span shorter, one that was cut off makes it longer.
  mutating func note(isKilled: Bool) {
    if isKilled { killed += 1 }
    longest = min(max(longest * (isKilled ? 1.2 : 0.7), 1_000), 5_000_000)
  }
}
