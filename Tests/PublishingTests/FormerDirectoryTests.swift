import OperatingSystem
import Publishing
import Testing

/// Directories that were live before, and become the next ones.
@Suite struct FormerDirectoryTests {
  private let site: Site

  init() throws { site = try Site() }

  private func publish(
    _ files: [String: String], as name: String = "a", keeping limit: Int = 4
  ) throws -> FileCounts {
    try site.publish(name, files, keepingFormers: limit)
  }

  /// All paths of the live directory with their texts.
  private func published(_ name: String = "a") throws -> [String: String] {
    var files: [String: String] = [:]
    func walk(_ folder: String, _ prefix: String) throws {
      for entry in try Directories.list(folder) where entry != SiteConvention.markerName {
        if try Files.status(folder + "/" + entry).isDirectory {
          try walk(folder + "/" + entry, prefix + entry + "/")
        } else {
          files[prefix + entry] = String(decoding: try Files.read(folder + "/" + entry), as: UTF8.self)
        }
      }
    }
    try walk(site.output + "/" + name, "")
    return files
  }

  @Test func `two directories take turns`() throws {
    var inodes: [UInt64] = []
    for text in ["one", "two", "three", "four", "five"] {
      _ = try publish(["index.html": text, "usage/plan.html": "same"])
      inodes.append(try site.status("a").inode)
      #expect(try published() == ["index.html": text, "usage/plan.html": "same"])
    }
    #expect(inodes[0] == inodes[2] && inodes[1] == inodes[3] && inodes[2] == inodes[4])
    #expect(inodes[0] != inodes[1])
    #expect(try site.faults() == [])
  }

  @Test func `what is published is what was given, whatever was live before`() throws {
    var random = SystemRandomNumberGenerator()
    let paths = [
      "index.html", "usage/a.html", "usage/b.html", "usage/deep/c.html", "tax/d.html", "feeds/e.json",
    ]
    for round in 0..<120 {
      var files: [String: String] = ["always.html": "here"]
      for path in paths where Bool.random(using: &random) {
        files[path] = "\(Int.random(in: 0..<3, using: &random))"
      }
      let keeping = round % 7 == 6 ? 0 : 4
      let counts = try publish(files, keeping: keeping)
      #expect(try published() == files)
      #expect(counts.files == files.count + 1)
      #expect(try site.faults() == [])
    }
  }

  @Test func `what somebody has done to a live directory ends with it, and does not come back`() throws {
    let files = { (text: String) in ["index.html": text, "usage/a.html": "same", "usage/b.html": "same"] }
    _ = try publish(files("one"))
    try Files.create(site.output + "/a/stranger.html", [1], mode: 0o644)
    try Files.remove(site.output + "/a/usage/a.html")
    try Links.make(to: "/etc/hostname", at: site.output + "/a/usage/a.html")
    try Directories.create(site.output + "/a/strange", mode: 0o700)
    try Files.create(site.output + "/a/strange/file", [1], mode: 0o644)
    for text in ["two", "three", "four"] {
      _ = try publish(files(text))
      #expect(try published() == files(text))
      #expect(try site.status("a/usage/a.html").isRegular)
      #expect(try site.faults() == [])
    }
  }

  @Test func `a changed file is a new one, so that a reader of the former keeps what it reads`() throws {
    for text in ["one", "two"] { _ = try publish(["index.html": text]) }
    let former = site.state + "/retired/a/index.html"
    let handle = try DirectoryHandle(opening: site.state + "/retired/a").openFile("index.html")
    let inode = try Files.status(former).inode
    _ = try publish(["index.html": "six"])
    #expect(try site.status("a/index.html").inode != inode)
    #expect(String(decoding: try Files.read(handle, bytesLimit: 10), as: UTF8.self) == "one")
  }

  @Test func `of what is large nothing stays aside`() throws {
    let large = String(repeating: "x", count: 5 << 20)
    for text in ["one", "two", "three"] {
      _ = try publish(["index.html": text, "large.html": large])
      #expect(try published() == ["index.html": text, "large.html": large])
    }
    #expect(try Files.statusIfPresent(site.state + "/retired/a") == nil)
    #expect(try Directories.list(site.state + "/staging").isEmpty)
  }

  @Test func `no more lie aside than are to be kept, and nothing of what is gone`() throws {
    for text in ["one", "two"] {
      for name in ["a", "b", "c", "d"] { _ = try publish(["index.html": text + name], as: name, keeping: 2) }
    }
    #expect(try Directories.list(site.state + "/retired").count == 2)
    let publisher = try site.publisher()
    try publisher.withdraw(["a", "b", "c", "d"])
    try publisher.retire(keeping: 2)
    #expect(try Directories.list(site.output) == [SiteConvention.markerName, "assets"])
    try publisher.clear()
    #expect(try Files.statusIfPresent(site.state + "/retired") == nil)
    #expect(try Directories.list(site.state + "/staging").isEmpty)
  }
}
