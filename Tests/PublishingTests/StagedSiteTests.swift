import OperatingSystem
import Publishing
import Testing

/// A folder for one test, gone with it.
private final class Scratch {
  let path: String

  init() throws {
    let name = RandomBytes.make(count: 8).map { String($0, radix: 16) }.joined()
    path = "/tmp/folio-publishing-" + name
    try Directories.create(path, mode: 0o700)
  }

  deinit { try? Directories.removeTree(path) }
}

private func publish(_ output: String, _ files: [String: String]) throws {
  let site = try StagedSite(output: output)
  let portal = try StagedDirectory("portal", in: site.staging)
  for (name, text) in files { try portal.write(Array(text.utf8), to: name) }
  _ = try site.publish()
}

private func text(_ path: String) throws -> String { String(decoding: try Files.read(path), as: UTF8.self) }

@Suite struct StagedSiteTests {
  private let scratch: Scratch
  private var output: String { scratch.path + "/site" }

  init() throws { scratch = try Scratch() }

  @Test func `a site takes the place of the one before, whole`() throws {
    try publish(output, ["index.html": "one", "usage/2024-01.html": "deep"])
    try publish(output, ["index.html": "two"])
    #expect(try text(output + "/portal/index.html") == "two")
    #expect(try Files.statusIfPresent(output + "/portal/usage") == nil)
    #expect(try Directories.list(output + ".state") == ["lock"])
  }

  @Test func `what was staged and given up leaves the live site alone`() throws {
    try publish(output, ["index.html": "one"])
    let site = try StagedSite(output: output)
    try StagedDirectory("portal", in: site.staging).write([1, 2, 3], to: "index.html")
    try site.discard()
    #expect(try text(output + "/portal/index.html") == "one")
    #expect(try Directories.list(output + ".state") == ["lock"])
  }

  @Test func `what a crash left behind is cleared away`() throws {
    try publish(output, ["index.html": "one"])
    try Directories.create(output + ".state/staging/portal", mode: 0o700, intermediates: true)
    try Files.create(output + ".state/staging/portal/index.html", [1], mode: 0o600)
    try publish(output, ["index.html": "two"])
    #expect(try text(output + "/portal/index.html") == "two")
  }

  @Test func `one publisher at a time`() throws {
    let first = try StagedSite(output: output)
    #expect(throws: PublishingError.anotherPublisher(lock: output + ".state/lock")) {
      _ = try StagedSite(output: output)
    }
    try first.discard()
    try publish(output, ["index.html": "one"])
  }

  @Test func `a folder with foreign files stays as it is`() throws {
    try Directories.create(output, mode: 0o755)
    try Files.create(output + "/letter.txt", [1], mode: 0o644)
    #expect(throws: PublishingError.foreignContent(path: output)) { _ = try StagedSite(output: output) }
    #expect(try Directories.list(output) == ["letter.txt"])
  }

  @Test func `an empty folder is taken`() throws {
    try Directories.create(output, mode: 0o755)
    try publish(output, ["index.html": "one"])
    #expect(try text(output + "/portal/index.html") == "one")
  }

  @Test(arguments: ["/", "/.", "."]) func `the root and nameless places are refused`(path: String) throws {
    #expect(throws: PublishingError.notReplaceable(path: path)) { _ = try StagedSite(output: path) }
  }

  @Test func `a file in the place of the site is refused`() throws {
    try Files.create(output, [1], mode: 0o644)
    #expect(throws: PublishingError.notADirectory(path: output)) { _ = try StagedSite(output: output) }
  }

  @Test func `modes do not depend on the umask`() throws {
    try publish(output, ["index.html": "one"])
    #expect(try Files.status(output).mode == StagedSite.directoryMode)
    #expect(try Files.status(output + "/portal").mode == StagedSite.directoryMode)
    #expect(try Files.status(output + "/portal/index.html").mode == StagedSite.fileMode)
  }

  @Test func `a live portal is taken over as hard links`() throws {
    try publish(output, ["index.html": "one", "usage/2024-01.html": "deep"])
    let site = try StagedSite(output: output)
    let portal = try StagedDirectory("portal", in: site.staging)
    try portal.linkTree(from: output + "/portal")
    #expect(portal.fileCount == 2)
    _ = try site.publish()
    #expect(try text(output + "/portal/usage/2024-01.html") == "deep")
  }
}

extension StagedSiteTests {
  @Test func `a crash between two renames brings the old site back`() throws {
    try publish(output, ["index.html": "one"])
    try Directories.rename(output, to: output + ".state/old")
    let site = try StagedSite(output: output)
    #expect(try text(output + "/portal/index.html") == "one")
    try site.discard()
    #expect(try Directories.list(output + ".state") == ["lock"])
  }

  @Test func `an old site beside a live one is cleared away`() throws {
    try publish(output, ["index.html": "one"])
    try Directories.create(output + ".state/old", mode: 0o700)
    try publish(output, ["index.html": "two"])
    #expect(try text(output + "/portal/index.html") == "two")
    #expect(try Directories.list(output + ".state") == ["lock"])
  }

  @Test func `a state directory that others can write to is not trusted`() throws {
    try Directories.create(output + ".state", mode: 0o700)
    try Files.setMode(0o777, of: output + ".state")
    #expect(throws: PublishingError.untrustedState(path: output + ".state")) {
      _ = try StagedSite(output: output)
    }
  }

  @Test func `a home directory is not replaced`() throws {
    #expect(throws: PublishingError.notReplaceable(path: output)) {
      _ = try StagedSite(output: output, home: output + "/")
    }
  }

  @Test func `a site inside a site is refused`() throws {
    try publish(output, ["index.html": "one"])
    let inner = output + "/portal/inner"
    #expect(throws: PublishingError.insideAnotherSite(output: inner, site: output)) {
      _ = try StagedSite(output: inner)
    }
  }
}
