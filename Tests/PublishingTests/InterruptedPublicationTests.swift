import OperatingSystem
import Publishing
import SQLite
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
    let counts = try site.publish("a", ["index.html": "two"])
    #expect(try site.text("a/index.html") == "two")
    #expect(counts.linked == 1, "nothing of what is live was forgotten")
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

  @Test func `a directory that has got the inode of an older one is never taken for it`() throws {
    try site.publish("a", ["index.html": "one"])
    let publisher = try site.publisher()
    let stage = try publisher.stage("a", owner: "a")
    try stage.write(Array("two".utf8).span, to: "index.html")
    guard case .staged(let directory) = try stage.finish(stamp: [2]).outcome else {
      Issue.record("it differs from the live one")
      return
    }
    let inode = try Files.status(site.state + "/staging/new.a").inode
    let record = try Connection(path: site.state + "/published.db", mode: .readWrite)
    try record.execute(
      """
      UPDATE directories SET inode = \(inode);
      CREATE TRIGGER full BEFORE INSERT ON directories BEGIN SELECT RAISE(ABORT, 'the disk is full'); END
      """)
    #expect(throws: SQLiteError.self) { try publisher.publish([directory], sharing: []) }
    #expect(try record.statement("SELECT name FROM directories").rows { try $0.text(0) } == [])
    #expect(try site.text("a/index.html") == "one")
  }

  @Test func `an exchange that was not recorded is noticed, and every file written anew`() throws {
    // Nothing records when the files were made, so the kernel's clock and the publisher's must be one.
    site.clock.withLock { $0 = Clock.now() / 1_000_000_000 }
    try site.publish("a", ["index.html": "one", "plan.html": "same"])
    let second = try site.status("a/plan.html").modifiedSeconds
    try Directories.create(site.state + "/staging/new.a", mode: 0o750)
    for name in [SiteConvention.markerName, "plan.html"] {
      try Files.create(site.state + "/staging/new.a/" + name, Array("half".utf8), mode: 0o640)
    }
    try Directories.exchange(site.state + "/staging/new.a", site.output + "/a")
    let counts = try site.publish("a", ["index.html": "two", "plan.html": "same"])
    #expect(counts.linked == 0 && counts.written == 3)
    #expect(try site.status("a/plan.html").modifiedSeconds > second)
    #expect(try site.faults() == [])
  }
}
