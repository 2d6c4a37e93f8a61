import OperatingSystem
import Publishing
import Synchronization
import Testing

/// What a crash between two steps leaves, made by hand; the judges of whole builds kill real ones.
@Suite struct InterruptedPublicationTests {
  private let site: Site

  init() throws { site = try Site() }

  @Test func `what was staged is cleared away`() throws {
    try site.publish("a", ["index.html": "one"])
    try Directories.create(site.state + "/staging/new.a/usage", mode: 0o700, intermediates: true)
    try Files.create(site.state + "/staging/new.a/index.html", [1], mode: 0o600)
    try site.publish("a", ["index.html": "two"])
    #expect(try site.text("a/index.html") == "two")
    #expect(try Directories.list(site.state + "/staging").isEmpty)
  }

  @Test func `a directory taken aside between two renames comes back`() throws {
    try site.publish("a", ["index.html": "one"])
    try Directories.rename(site.output + "/a", to: site.state + "/staging/old.a")
    let publisher = try site.publisher()
    #expect(try site.text("a/index.html") == "one")
    #expect(try !publisher.inventory.isDisplaced(#require(publisher.inventory.published.first)))
    #expect(try Directories.list(site.state + "/staging").isEmpty)
  }

  @Test func `a directory taken aside whose successor is live is cleared away`() throws {
    try site.publish("a", ["index.html": "one"])
    try Directories.create(site.state + "/staging/old.a", mode: 0o700)
    try site.publish("a", ["index.html": "two"])
    #expect(try site.text("a/index.html") == "two")
    #expect(try Directories.list(site.state + "/staging").isEmpty)
  }

  @Test func `a directory taken aside whose successor never came is not cleared away`() throws {
    try site.publish("a", ["index.html": "one"])
    let publisher = try site.publisher()
    try Directories.rename(site.output + "/a", to: site.state + "/staging/old.a")
    try Directories.create(site.state + "/staging/new.a", mode: 0o700)
    try publisher.clear()
    #expect(try site.text("a/index.html") == "one")
    #expect(try Directories.list(site.state + "/staging").isEmpty)
  }

  @Test func `what is recorded of a directory that is cleared away is forgotten`() throws {
    try site.publish("a", ["index.html": "one"])
    try Directories.rename(site.output + "/a", to: site.state + "/staging/old.a")
    try Directories.create(site.output + "/a", mode: 0o750)
    #expect(try site.publisher().inventory.published.isEmpty)
  }

  @Test func `an exchange that was not recorded is noticed, and every file written anew`() throws {
    // Nothing records when the files were made, so the kernel's clock and the publisher's must be one.
    site.clock.withLock { $0 = Clock.now() / 1_000_000_000 }
    try site.publish("a", ["index.html": "one", "plan.html": "same"])
    let second = try site.status("a/plan.html").modifiedSeconds
    try Directories.create(site.state + "/staging/new.a", mode: 0o750)
    try Files.create(site.state + "/staging/new.a/plan.html", Array("half".utf8), mode: 0o640)
    try Directories.exchange(site.state + "/staging/new.a", site.output + "/a")
    let counts = try site.publish("a", ["index.html": "two", "plan.html": "same"])
    #expect(counts.linked == 0 && counts.written == 3)
    #expect(try site.status("a/plan.html").modifiedSeconds > second)
    #expect(try site.faults() == [])
  }
}
