import FolioTestSupport
import Foundation
import Testing

@Suite struct ServeTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.write("<p>start", to: "site/index.html")
  }

  @Test(arguments: ["0.0.0.0:8080", "[::]:8080", "10.0.0.1:8080", "localhost:8080", "127.0.0.1", "8080"])
  func `a preview is for this machine alone`(_ address: String) throws {
    let run = try folio("serve", folder.path("site"), "--address", address)
    #expect(run.status == 64)
    #expect(
      run.words.hasPrefix(
        "folio serve: --address must be an address of this machine alone with a port, such as 127.0.0.1:8080 or "
          + "[::1]:8080, not '\(address)'."))
  }

  @Test func `a folder that does not exist is named`() throws {
    let run = try folio("serve", folder.path("none"), "--address", "127.0.0.1:0")
    #expect(run.status == 1)
    #expect(run.words.contains("none"))
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `it says where it listens, and a signal ends it with status 0`(_ signal: Int32) throws {
    let program = try #require(Programs.folio, "the program is built with the tests")
    let process = Process()
    process.executableURL = program
    process.arguments = ["serve", folder.path("site"), "--address", "127.0.0.1:0"]
    let words = Pipe()
    process.standardError = words
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let line = String(decoding: words.fileHandleForReading.availableData, as: UTF8.self)
    #expect(line.wholeMatch(of: try Regex(#"http://127\.0\.0\.1:[0-9]+/\n"#)) != nil)
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 0)
  }
}
