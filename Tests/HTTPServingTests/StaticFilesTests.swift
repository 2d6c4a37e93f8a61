import FolioTestSupport
import Foundation
import HTTPServing
import OperatingSystem
import Testing

/// A site with a few files, and what its server answers.
private final class Site {
  let folder: TemporaryFolder
  private let files: StaticFiles

  init() throws {
    folder = try TemporaryFolder()
    let outside = try folder.write("secret", to: "outside/secret.txt")
    for (name, text) in [
      "index.html": "<p>start", "a/index.html": "<p>a", "a/b c.css": "p {}", "a/é.txt": "e",
      "picture.svg": "<svg/>", "empty/keep.txt": "", "data.json": "{}", ".hidden": "h", "a/.git/x": "g",
      "odd": "?", "UP.HTML": "<p>",
    ] {
      _ = try folder.write(text, to: "site/" + name)
    }
    for (name, target) in [("link.txt", outside), ("up", folder.path("outside"))] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path("site/" + name), withDestinationPath: target)
    }
    _ = unsafe mkfifo(folder.path("site/pipe"), 0o600)
    files = StaticFiles(try DirectoryHandle(opening: folder.path("site")), now: { 2_000_000_000 })
  }

  func answer(_ target: String, method: String = "GET", _ fields: String = "") throws -> Response {
    var parser = RequestParser()
    parser.append(Array("\(method) \(target) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n".utf8)[...])
    guard case .request(let request) = parser.next() else { throw CancellationError() }
    return try #require(files.responses(to: [request]).first)
  }
}

extension Response {
  fileprivate subscript(name: String) -> String? { fields.first { $0.name == name }?.value }
}

@Suite struct StaticFilesTests {
  private let site: Site

  init() throws { site = try Site() }

  @Test(arguments: [
    ("/", "text/html; charset=utf-8", 8), ("/index.html", "text/html; charset=utf-8", 8),
    ("/a/", "text/html; charset=utf-8", 4), ("/a/?x", "text/html; charset=utf-8", 4),
    ("/a/b%20c.css", "text/css; charset=utf-8", 4), ("/a/%C3%A9.txt", "text/plain; charset=utf-8", 1),
    ("/picture.svg", "image/svg+xml", 6), ("/data.json", "application/json", 2),
    ("/odd", "application/octet-stream", 1), ("/empty/keep.txt", "text/plain; charset=utf-8", 0),
    ("http://a/index.html", "text/html; charset=utf-8", 8), ("/UP.HTML", "text/html; charset=utf-8", 3),
  ])
  func `a file is sent with its media type`(_ target: String, _ type: String, _ count: Int64) throws {
    let answer = try site.answer(target)
    #expect(answer.status == .ok)
    #expect(answer["Content-Type"] == type)
    #expect(answer.body.count == count)
  }

  @Test(arguments: [
    "/none", "/none/", "/empty/", "/index.html/", "/a/index.html/x", "/link.txt", "/up/secret.txt", "/up",
    "/up/", "/pipe", "/.hidden", "/a/.git/x", "/../outside/secret.txt", "/..%2Foutside/secret.txt",
    "/%2e%2e/outside/secret.txt", "/a/..%2f..%2foutside/secret.txt", "/a%2Findex.html", "//index.html",
    "/a//index.html",
    "/./index.html", "/a/%00", "/index.html%00.txt", "/%FF", "/%252e%252e/outside/secret.txt",
    "/" + String(repeating: "a", count: 300), "/a/%0A",
  ])
  func `what is no served file is not found`(_ target: String) throws {
    let answer = try site.answer(target)
    #expect(answer.status == .notFound)
    #expect(answer["Content-Type"] == "application/json")
  }

  @Test func `a folder without its slash leads to the one with it`() throws {
    let answer = try site.answer("/a?b=c")
    #expect(answer.status == .movedPermanently)
    #expect(answer["Location"] == "/a/?b=c")
  }

  @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "get"])
  func `other methods are told which there are`(_ method: String) throws {
    let answer = try site.answer("/", method: method)
    #expect(answer.status == .methodNotAllowed)
    #expect(answer["Allow"] == "GET, HEAD")
  }

  @Test func `pages bear the headers that keep them safe`() throws {
    let page = try site.answer("/")
    #expect(page["X-Content-Type-Options"] == "nosniff")
    #expect(page["Referrer-Policy"] == "no-referrer")
    #expect(page["Cache-Control"] == "private, no-cache")
    #expect(page["Content-Security-Policy"]?.hasPrefix("default-src 'none'; style-src 'self';") == true)
    #expect(try site.answer("/picture.svg")["Content-Security-Policy"]?.hasSuffix("; sandbox") == true)
    #expect(try site.answer("/data.json")["Content-Security-Policy"] == nil)
  }

  @Test func `a file that the peer has is not sent again`() throws {
    let first = try site.answer("/")
    let tag = try #require(first["ETag"])
    for list in [tag, "W/\(tag)", "\"a,b\", \(tag)", "*", "\"x\"\r\nIf-None-Match: \(tag)"] {
      let answer = try site.answer("/", "If-None-Match: \(list)\r\n")
      #expect(answer.status == .notModified, "\(list)")
      #expect(answer["ETag"] == tag)
    }
    for list in ["\"x\"", "\(tag.dropLast())", "W/\"x\", \"\""] {
      #expect(try site.answer("/", "If-None-Match: \(list)\r\n").status == .ok, "\(list)")
    }
  }

  @Test func `a date is compared in each of its three forms, and a tag goes before it`() throws {
    let modified = try #require(try site.answer("/")["Last-Modified"])
    #expect(try site.answer("/", "If-Modified-Since: \(modified)\r\n").status == .notModified)
    for old in [
      "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    ] {
      #expect(try site.answer("/", "If-Modified-Since: \(old)\r\n").status == .ok)
      #expect(try site.answer("/", "If-Unmodified-Since: \(old)\r\n").status == .preconditionFailed)
    }
    #expect(try site.answer("/", "If-Modified-Since: tomorrow\r\n").status == .ok)
    #expect(
      try site.answer("/", "If-None-Match: \"x\"\r\nIf-Modified-Since: \(modified)\r\n").status == .ok)
  }

  @Test func `a wish for another version is refused`() throws {
    let tag = try #require(try site.answer("/")["ETag"])
    #expect(try site.answer("/", "If-Match: \(tag)\r\n").status == .ok)
    #expect(try site.answer("/", "If-Match: \"x\"\r\n").status == .preconditionFailed)
    #expect(try site.answer("/", "If-Match: W/\(tag)\r\n").status == .preconditionFailed)
  }

  @Test func `a file that is replaced has another tag`() throws {
    let first = try site.answer("/")["ETag"]
    _ = try site.folder.write("<p>other", to: "site/new.html")
    try Files.remove(site.folder.path("site/index.html"))
    try FileManager.default.moveItem(
      atPath: site.folder.path("site/new.html"), toPath: site.folder.path("site/index.html"))
    #expect(try site.answer("/")["ETag"] != first)
  }

  @Test func `a file that becomes shorter while it is sent breaks the connection`() throws {
    let path = site.folder.path("site")
    let file = URL(fileURLWithPath: path + "/large.bin")
    try Data(repeating: 1, count: 20_000_000).write(to: file)
    let server = try TestServer { StaticFiles(try DirectoryHandle(opening: path), now: { 0 }) }
    let client = try TestClient(server.address, receiveBufferBytes: 4_096)
    client.send("GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n")
    _ = client.read()
    try FileHandle(forUpdating: file).truncate(atOffset: 1_000)
    var count = 0
    while let part = client.read(), !part.isEmpty { count += part.count }
    #expect(count < 20_000_000)
  }

  @Test func `a large file arrives whole through a socket, between other answers`() throws {
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) & 0x7F }
    let path = site.folder.path("site")
    try Data(bytes).write(to: URL(fileURLWithPath: path + "/large.bin"))
    let server = try TestServer { StaticFiles(try DirectoryHandle(opening: path), now: { 0 }) }
    let client = try TestClient(server.address)
    client.send("GET /data.json HTTP/1.1\r\nHost: a\r\n\r\nGET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n")
    client.send("HEAD /large.bin HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    let answer = Array(try client.readToEnd().utf8)
    #expect(answer.count > bytes.count && answer.count < bytes.count + 2_500)
    let start = try #require(answer.firstRange(of: Array("\r\n\r\n\0".utf8)))
    #expect(answer[(start.lowerBound + 4)...].prefix(bytes.count).elementsEqual(bytes))
  }
}
