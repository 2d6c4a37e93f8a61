import OperatingSystem
import Publishing
import Testing

@Suite(.timeLimit(.minutes(1))) struct BackgroundStageTests {
  private let site: Site

  init() throws { site = try Site() }

  private func stageBeside(_ publisher: Publisher, _ name: String) throws -> any FileStage {
    try publisher.stageBeside(name, owner: name, elapsed: { .nanoseconds(Clock.monotonic()) })
  }

  private func publish(_ files: [String: [UInt8]]) throws -> FileCounts {
    let publisher = try site.publisher()
    let stage = try stageBeside(publisher, "a")
    for (path, bytes) in files { try stage.write(bytes.span, to: path) }
    let (outcome, counts) = try stage.finish(stamp: [1])
    if case .staged(let directory) = outcome { try publisher.publish([directory], sharing: []) }
    #expect(stage.timeBeside > .zero)
    try publisher.clear()
    return counts
  }

  @Test
  func `a directory that is written beside its maker comes out whole, and unchanged files are taken over`()
    throws
  {
    var files: [String: [UInt8]] = [:]
    for number in 0..<40 {
      files["usage/\(number % 7)/\(number).html"] = Array(repeating: UInt8(number), count: 100_000)
    }
    #expect(try publish(files).written == 41)
    for (path, bytes) in files { #expect(try Files.read(site.output + "/a/" + path) == bytes) }
    files["usage/3/3.html"] = [1, 2, 3]
    files["usage/4/4.html"] = nil
    let counts = try publish(files)
    #expect((counts.written, counts.linked, counts.removed) == (1, 39, 1))
    #expect(try Files.read(site.output + "/a/usage/3/3.html") == [1, 2, 3])
    #expect(try site.faults() == [])
    let same = try publish(files)
    #expect((same.written, same.linked) == (0, 40))
  }

  @Test func `what goes wrong beside the maker reaches the maker, and the site stays as it is`() throws {
    try Directories.create(site.output, mode: 0o755)
    try site.publish("b", ["index.html": "one"])
    try Directories.create(site.output + "/a", mode: 0o755)
    try Files.create(site.output + "/a/foreign.html", [1], mode: 0o644)
    let publisher = try site.publisher()
    let foreign = PublishingError.foreignContent(path: site.output + "/a")
    let stage = try stageBeside(publisher, "a")
    #expect(throws: foreign) { _ = try stage.finish(stamp: [1]) }
    let other = try stageBeside(publisher, "a")
    #expect(throws: foreign) {
      for number in 0..<1_000 {
        try other.write([UInt8](repeating: 0, count: 10_000).span, to: "\(number).html")
      }
    }
    other.cancel()
    #expect(try Files.read(site.output + "/a/foreign.html") == [1])
    #expect(try site.text("b/index.html") == "one")
  }

  @Test func `a directory that is given up leaves nothing`() throws {
    let publisher = try site.publisher()
    let stage = try stageBeside(publisher, "a")
    try stage.write([1].span, to: "index.html")
    stage.cancel()
    try publisher.discard("a")
    #expect(try Directories.list(site.state + "/staging") == [])
    #expect(try Directories.list(site.output) == [".folio"])
  }
}
