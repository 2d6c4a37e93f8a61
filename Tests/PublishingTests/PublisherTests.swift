import OperatingSystem
import Publishing
import Synchronization
import Testing

@Suite struct PublisherTests {
  private let site: Site

  init() throws { site = try Site() }

  @Test func `a directory takes the place of the one before, whole`() throws {
    try site.publish("a", ["index.html": "one", "usage/2024-01.html": "deep"])
    let counts = try site.publish("a", ["index.html": "two"])
    #expect(try site.text("a/index.html") == "two")
    #expect(try Files.statusIfPresent(site.output + "/a/usage") == nil)
    #expect(counts.written == 1 && counts.removed == 1)
    #expect(try Directories.list(site.state + "/staging").isEmpty)
  }

  @Test func `an unchanged file stays the same file, a changed one is a whole second younger`() throws {
    try site.publish("a", ["index.html": "one", "plan.html": "same"])
    let before = (page: try site.status("a/index.html"), plan: try site.status("a/plan.html"))
    let counts = try site.publish("a", ["index.html": "two", "plan.html": "same"])
    #expect(counts.written == 1 && counts.linked == 2, "the marker is a file, too")
    #expect(try site.status("a/plan.html").inode == before.plan.inode)
    #expect(try site.status("a/plan.html").modifiedSeconds == before.plan.modifiedSeconds)
    #expect(try site.status("a/index.html").modifiedSeconds > before.page.modifiedSeconds)
  }

  @Test func `a file is younger by a second even when the clock has not moved, or moved back`() throws {
    var seconds: [Int64] = []
    for (index, now) in [2_000_000_000, 2_000_000_000, 1_999_999_000, 2_000_000_001].enumerated() {
      site.clock.withLock { $0 = Int64(now) }
      try site.publish("a", ["index.html": "text \(index)"])
      seconds.append(try site.status("a/index.html").modifiedSeconds)
    }
    #expect(zip(seconds.dropFirst(), seconds.dropFirst(2)).allSatisfy { $0 < $1 }, "\(seconds)")
  }

  @Test func `what comes out as it was is not published anew`() throws {
    try site.publish("a", ["index.html": "one"])
    let before = try site.status("a").inode
    let counts = try site.publish("a", ["index.html": "one"])
    #expect(counts.written == 0 && counts.linked == 2)
    #expect(try site.status("a").inode == before)
  }

  @Test func `a file that somebody removed or changed in size is written again`() throws {
    try site.publish("a", ["index.html": "one", "plan.html": "plan", "tax.html": "tax"])
    try Files.remove(site.output + "/a/plan.html")
    try Files.remove(site.output + "/a/tax.html")
    try Files.create(site.output + "/a/tax.html", Array("taxes".utf8), mode: 0o640)
    try site.publish("a", ["index.html": "one", "plan.html": "plan", "tax.html": "tax"])
    #expect(try site.text("a/plan.html") == "plan")
    #expect(try site.text("a/tax.html") == "tax")
    #expect(try site.faults() == [])
  }

  @Test func `a site's marker that a crash left unfinished is written again`() throws {
    try site.publish("a", ["index.html": "one"])
    let marker = site.output + "/" + SiteConvention.markerName
    let whole = try site.status(SiteConvention.markerName)
    try Files.remove(marker)
    try Files.create(marker, [], mode: 0o600)
    try site.publish("a", ["index.html": "two"])
    let mended = try site.status(SiteConvention.markerName)
    #expect(mended.size == whole.size && mended.mode == whole.mode)
  }

  @Test func `a link planted in the place of a file or folder is not followed`() throws {
    try Files.create(site.folder + "/secret", Array("secret".utf8), mode: 0o600)
    try Directories.create(site.folder + "/elsewhere", mode: 0o700)
    try site.publish("a", ["index.html": "secret", "usage/2024-01.html": "deep"])
    try Files.remove(site.output + "/a/index.html")
    try Links.make(to: site.folder + "/secret", at: site.output + "/a/index.html")
    try Directories.removeTree(site.output + "/a/usage")
    try Links.make(to: site.folder + "/elsewhere", at: site.output + "/a/usage")
    try site.publish("a", ["index.html": "secret", "usage/2024-01.html": "deep"])
    #expect(try site.status("a/index.html").isRegular)
    #expect(try site.status("a/usage").isDirectory)
    #expect(try Directories.list(site.folder + "/elsewhere").isEmpty)
    #expect(try site.faults() == [])
  }

  @Test func `a link in the place of a whole portal is exchanged, never followed`() throws {
    try Directories.create(site.folder + "/elsewhere", mode: 0o700)
    try site.publish("b", ["index.html": "b"])
    try Links.make(to: site.folder + "/elsewhere", at: site.output + "/a")
    try site.publish("a", ["index.html": "one"])
    #expect(try site.status("a").isDirectory)
    #expect(try Directories.list(site.folder + "/elsewhere").isEmpty)
  }

  @Test func `a folder that nobody has published is neither replaced nor withdrawn`() throws {
    try site.publish("a", ["index.html": "one"])
    for name in ["a", "b"] {
      try Directories.removeTree(site.output + "/" + name)
      try Directories.create(site.output + "/" + name, mode: 0o755)
      try Files.create(site.output + "/\(name)/letter.txt", [1], mode: 0o644)
      #expect(throws: PublishingError.foreignContent(path: site.output + "/" + name)) {
        try site.publish(name, ["index.html": "two"])
      }
    }
    try site.publisher().withdraw(["a", "b"])
    #expect(try Directories.list(site.output) == [".folio", "a", "assets", "b"])
    #expect(try site.publisher().inventory.published.isEmpty)
  }

  @Test func `a published folder whose mark was lost is still one to replace`() throws {
    try site.publish("a", ["index.html": "one"])
    try Files.remove(site.output + "/a/.folio")
    try site.publish("a", ["index.html": "two"])
    #expect(try site.faults() == [])
  }

  @Test func `what stands in the place of a published directory is not taken for it`() throws {
    try site.publish("a", ["index.html": "one", "plan.html": "same"])
    let other = site.folder + "/other"
    try Directories.create(other, mode: 0o750)
    try Files.create(other + "/plan.html", Array("evil".utf8), mode: 0o640)
    try Directories.exchange(other, site.output + "/a")
    let publisher = try site.publisher()
    let recorded = try #require(publisher.inventory.published.first)
    #expect(try publisher.inventory.isDisplaced(recorded))
    try publisher.clear()
  }

  @Test func `withdrawn directories leave the site and the record`() throws {
    try site.publish("a", ["index.html": "one"])
    try site.publish("b", ["index.html": "two"])
    let publisher = try site.publisher()
    try publisher.withdraw(["a", "never"])
    try publisher.clear()
    #expect(try Directories.list(site.output) == [".folio", "assets", "b"])
  }

  @Test func `of directories without a record only marked ones are found`() throws {
    try site.publish("a", ["index.html": "one"])
    try Directories.removeTree(site.state)
    try Directories.create(site.output + "/foreign", mode: 0o755)
    let publisher = try site.publisher()
    #expect(try publisher.inventory.unrecordedNames() == ["a"])
    #expect(publisher.inventory.published.isEmpty)
  }

  @Test(arguments: ["not a database", ""]) func `a damaged record is begun anew`(content: String) throws {
    try site.publish("a", ["index.html": "one"])
    for name in try Directories.list(site.state) where name.hasPrefix("published.db") {
      try Files.remove(site.state + "/" + name)
    }
    try Files.create(site.state + "/published.db", Array(content.utf8), mode: 0o600)
    #expect(try site.publish("a", ["index.html": "two"]).written == 2)
    #expect(try site.faults() == [])
  }

  @Test
  func `a record that stays open knows what another publisher has recorded, and a new record for an old one`()
    throws
  {
    let keeper = RecordKeeper()
    func publishedNames() throws -> [String] {
      let options = Publisher.Options(now: { 2_000_000_000 }, record: keeper)
      return try Publisher(SitePlace(site.output), options).inventory.published.map(\.name)
    }
    #expect(try publishedNames().isEmpty)
    try site.publish("a", ["index.html": "one"])
    #expect(try publishedNames() == ["a"])
    try Directories.removeTree(site.state)
    #expect(try publishedNames().isEmpty)
    try site.publish("b", ["index.html": "two"])
    #expect(try publishedNames() == ["b"])
  }

  @Test func `modes do not depend on the umask`() throws {
    try site.publish("a", ["usage/index.html": "one"], shared: ["folio-1.css"])
    for folder in ["", "a", "a/usage", "assets"] {
      #expect(try site.status(folder).mode == SiteConvention.directoryMode, "\(folder)")
    }
    for file in [".folio", "a/usage/index.html", "assets/folio-1.css"] {
      #expect(try site.status(file).mode == SiteConvention.fileMode, "\(file)")
    }
    #expect(try Files.status(site.state).mode == 0o700)
  }

  @Test func `one publisher at a time`() throws {
    let first = try site.publisher()
    #expect(throws: PublishingError.anotherPublisher(lock: site.state + "/lock")) { _ = try site.publisher() }
    #expect(first.inventory.published.isEmpty)
  }
}

@Suite struct SharedFileTests {
  private let site: Site

  init() throws { site = try Site() }

  @Test func `shared files are collected when nothing points to them`() throws {
    try site.publish("a", ["index.html": "one"], shared: ["folio-1.css"])
    try site.publish("b", ["index.html": "one"], shared: ["folio-2.css"])
    #expect(try Directories.list(site.output + "/assets") == ["folio-1.css", "folio-2.css"])
    try site.publish("a", ["index.html": "two"], shared: ["folio-2.css"])
    #expect(try Directories.list(site.output + "/assets") == ["folio-2.css"])
  }

  @Test func `what a portal points to of which the state was lost stays`() throws {
    try site.publish("a", ["index.html": "one"], shared: ["folio-1.css"])
    try Directories.removeTree(site.state)
    try site.publish("b", ["index.html": "one"], shared: ["folio-2.css"])
    #expect(try Directories.list(site.output + "/assets") == ["folio-1.css", "folio-2.css"])
    try site.publish("a", ["index.html": "two"], shared: ["folio-2.css"])
    #expect(try Directories.list(site.output + "/assets") == ["folio-2.css"])
  }

  @Test func `what another part of the site points to stays`() throws {
    try site.publish("a", ["index.html": "one"], shared: ["folio-1.css"])
    let part = try site.publisher(part: "1-of-2")
    let (landed, _) = try part.land([("folio-2.css", [2])])
    #expect(try part.collectSharedFiles(keeping: landed) == 0)
    #expect(try Directories.list(site.output + "/assets") == ["folio-1.css", "folio-2.css"])
  }

  @Test func `a shared file that was cut short is mended`() throws {
    try site.publish("a", ["index.html": "one"], shared: ["folio-1.css"])
    try Files.remove(site.output + "/assets/folio-1.css")
    try Files.create(site.output + "/assets/folio-1.css", [], mode: 0o640)
    try site.publish("a", ["index.html": "one"], shared: ["folio-1.css"])
    #expect(try site.text("assets/folio-1.css") == "folio-1.css")
  }

  @Test func `a link in the place of the folder is refused`() throws {
    try site.publish("a", ["index.html": "one"])
    try Directories.removeTree(site.output + "/assets")
    try Links.make(to: site.folder, at: site.output + "/assets")
    #expect(throws: PublishingError.notADirectory(path: site.output + "/assets")) {
      try site.publish("a", ["index.html": "two"])
    }
    #expect(try site.text("a/index.html") == "one")
  }
}
