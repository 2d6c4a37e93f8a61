import Foundation
import OperatingSystem
import Publishing
import Testing

@Suite struct VerificationTests {
  private let site: Site

  init() throws { site = try Site() }

  @Test func `each kind of difference is found where it is`() throws {
    let files = ["changed.html": "one", "gone.html": "two", "mode.html": "three", "usage/index.html": "four"]
    try site.publish("a", files, shared: ["folio-1.css"])
    try site.publish("b", ["index.html": "b"])
    try site.publish("c", ["index.html": "c"])
    #expect(try site.faults() == [])
    let root = site.output
    try Files.remove(root + "/a/changed.html")
    try Files.create(root + "/a/changed.html", Array("two".utf8), mode: 0o640)
    try Files.remove(root + "/a/gone.html")
    try Files.setMode(0o644, of: root + "/a/mode.html")
    try Files.create(root + "/a/usage/extra.html", [], mode: 0o640)
    try Directories.removeTree(root + "/b")
    try Files.remove(root + "/assets/folio-1.css")
    try Files.create(root + "/robots.txt", [], mode: 0o640)
    try Directories.rename(root + "/c", to: root + "/d")
    try Directories.create(root + "/c", mode: 0o750)
    #expect(
      try site.faults() == [
        .changed(path: "a/changed.html"), .otherMode(path: "a/mode.html", mode: 0o644),
        .unexpected(path: "a/usage/extra.html"), .missing(path: "a/gone.html"), .missing(path: "b"),
        .displaced(path: "c"), .missing(path: "c/.folio"), .missing(path: "c/index.html"),
        .missing(path: "assets/folio-1.css"), .unexpected(path: "d"), .unexpected(path: "robots.txt"),
      ])
  }

  @Test func `without a state there is nothing to compare with`() throws {
    #expect(throws: PublishingError.noState(path: site.state)) { _ = try site.faults() }
  }

  @Test func `checksums are those of sha256sum, in order of paths`() throws {
    try site.publish("a", ["b.html": "one", "b/index.html": "two", "b!": "three"])
    var lines: [UInt8] = []
    try ChecksumList.lines(of: site.output) { lines += $0 }
    let text = String(decoding: lines, as: UTF8.self)
    #expect(
      text.split(separator: "\n").map { $0.split(separator: " ").last.map(String.init) ?? "" }
        == [".folio", "a/.folio", "a/b!", "a/b.html", "a/b/index.html"])
    let check = Process()
    check.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
    check.arguments = ["--quiet", "-c", "-"]
    check.currentDirectoryURL = URL(fileURLWithPath: site.output)
    let input = Pipe()
    check.standardInput = input
    try check.run()
    input.fileHandleForWriting.write(Data(lines))
    try input.fileHandleForWriting.close()
    check.waitUntilExit()
    #expect(check.terminationStatus == 0)
  }

  @Test func `paths that would break a line are escaped`() throws {
    try Directories.create(site.output, mode: 0o700)
    try Files.create(site.output + "/a\\b\nc", [], mode: 0o600)
    var lines: [UInt8] = []
    try ChecksumList.lines(of: site.output) { lines += $0 }
    #expect(
      String(decoding: lines, as: UTF8.self)
        == "\\e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a\\\\b\\nc\n")
  }
}
