import OperatingSystem
import Publishing
import Testing

@Suite struct SitePlaceTests {
  private let site: Site
  private var output: String { site.output }

  init() throws { site = try Site() }

  @Test func `a folder with foreign files stays as it is`() throws {
    try Directories.create(output, mode: 0o755)
    try Files.create(output + "/letter.txt", [1], mode: 0o644)
    #expect(throws: PublishingError.foreignContent(path: output)) { _ = try site.publisher() }
    #expect(try Directories.list(output) == ["letter.txt"])
    #expect(try Directories.list(site.folder) == ["site"])
  }

  @Test func `an empty folder is taken`() throws {
    try Directories.create(output, mode: 0o755)
    try site.publish("a", ["index.html": "one"])
    #expect(try site.text("a/index.html") == "one")
  }

  @Test func `publishers of several parts may begin a new site at once`() async throws {
    for round in 0..<100 {
      let site = try Site()
      if round.isMultiple(of: 2) { try Directories.create(site.output, mode: 0o755) }
      try await withThrowingTaskGroup { group in
        for part in ["1-of-4", "2-of-4", "3-of-4", "4-of-4"] {
          group.addTask { try site.publish(part, ["index.html": part], part: part) }
        }
        try await group.waitForAll()
      }
      let parts = try Directories.list(site.output).filter { $0.hasSuffix("-of-4") }
      #expect(parts == ["1-of-4", "2-of-4", "3-of-4", "4-of-4"])
      #expect(try site.faults() == [])
    }
  }

  @Test(arguments: ["/", "/.", "."]) func `the root and nameless places are refused`(path: String) throws {
    #expect(throws: PublishingError.notReplaceable(path: path)) { _ = try SitePlace(path) }
  }

  @Test func `a file, or a link, in the place of the site is refused`() throws {
    try Files.create(output, [1], mode: 0o644)
    #expect(throws: PublishingError.notADirectory(path: output)) { _ = try site.publisher() }
    try Files.remove(output)
    try Links.make(to: "/tmp", at: output)
    #expect(throws: PublishingError.notADirectory(path: output)) { _ = try site.publisher() }
  }

  @Test func `a state directory that others can write to is not trusted`() throws {
    try Directories.create(site.state, mode: 0o700)
    try Files.setMode(0o777, of: site.state)
    #expect(throws: PublishingError.untrustedState(path: site.state)) { _ = try site.publisher() }
  }

  @Test func `a state in the site is refused`() throws {
    #expect(throws: PublishingError.stateInsideSite(path: output + "/state")) {
      _ = try SitePlace(output, state: output + "/state")
    }
    #expect(throws: PublishingError.stateInsideSite(path: output)) {
      _ = try SitePlace(output, state: output)
    }
  }

  @Test func `a state on another file system is refused`() throws {
    try #require(try Files.status("/dev/shm").device != Files.status("/tmp").device, "two file systems")
    let state = "/dev/shm/folio-state-" + Paths.lastComponent(of: site.folder)
    defer { try? Directories.removeTree(state) }
    #expect(throws: PublishingError.stateOnOtherFileSystem(state: state, output: output)) {
      _ = try Publisher(SitePlace(output, state: state), .init(now: { 0 }))
    }
  }

  @Test func `a home directory is not replaced`() throws {
    #expect(throws: PublishingError.notReplaceable(path: output)) {
      _ = try SitePlace(output, home: output + "/")
    }
  }

  @Test func `a site inside a site is refused`() throws {
    try site.publish("portal", ["index.html": "one"])
    let inner = output + "/portal/inner"
    #expect(throws: PublishingError.insideAnotherSite(output: inner, site: output + "/portal")) {
      _ = try Publisher(SitePlace(inner), .init(now: { 0 }))
    }
  }

  @Test func `the states of all parts are found`() throws {
    _ = try site.publisher(part: "1-of-2")
    _ = try site.publisher(part: "2-of-2")
    try site.publish("a", ["index.html": "one"])
    try Directories.create(site.output + ".statement", mode: 0o700)
    #expect(try SitePlace(output).states() == [site.state, site.state + ".1-of-2", site.state + ".2-of-2"])
  }
}
