import Glibc
import OperatingSystem
import Testing

struct LineReaderTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  @Test(
    arguments: [
      ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\n\nb", ["a", "", "b"]), ("\n", [""]),
      ("a\r\nb\r", ["a\r", "b\r"]), ("\u{85}\u{2028}\u{0B}\n", ["\u{85}\u{2028}\u{0B}"]),
    ], [1, 2, 3, 64])
  func `lines end at LF alone, whatever the size of a chunk`(
    example: (text: String, lines: [String]), chunkBytes: Int
  ) throws {
    try Files.create(directory["a"], Array(example.text.utf8), mode: 0o600)
    var reader = try LineReader(path: directory["a"], chunkBytes: chunkBytes)
    #expect(try lines(of: &reader) == example.lines)
  }

  @Test(arguments: [("a\r\nb\r", ["a", "b"]), ("\r\r\n\r\n", ["\r", ""]), ("a\rb\n", ["a\rb"])])
  func `one CR before the end of a line is stripped if asked`(text: String, expected: [String]) throws {
    try Files.create(directory["a"], Array(text.utf8), mode: 0o600)
    var reader = try LineReader(path: directory["a"], stripsCarriageReturn: true)
    #expect(try lines(of: &reader) == expected)
  }

  @Test(arguments: [1, 3, 4, 5, 64], ["1234\n", "1234"])
  func `a line may be as long as the limit`(chunkBytes: Int, text: String) throws {
    try Files.create(directory["a"], Array(text.utf8), mode: 0o600)
    var reader = try LineReader(path: directory["a"], chunkBytes: chunkBytes, lineBytesLimit: 4)
    #expect(try lines(of: &reader) == ["1234"])
  }

  @Test(arguments: [1, 3, 4, 5, 64], ["ok\n12345\n", "ok\n12345", "ok\n123456789"])
  func `a line past the limit is refused with its number`(chunkBytes: Int, text: String) throws {
    try Files.create(directory["a"], Array(text.utf8), mode: 0o600)
    let path = directory["a"]
    #expect(throws: LineReaderError.lineTooLong(path: path, line: 2, bytesLimit: 4)) {
      var reader = try LineReader(path: path, chunkBytes: chunkBytes, lineBytesLimit: 4)
      _ = try lines(of: &reader)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `a line without end is refused at the limit, not gathered`() throws {
    #expect(throws: LineReaderError.lineTooLong(path: "/dev/zero", line: 1, bytesLimit: 1_000)) {
      var reader = try LineReader(path: "/dev/zero", chunkBytes: 64, lineBytesLimit: 1_000)
      _ = try reader.nextLine()
    }
  }

  @Test func `many lines of uneven length come back whole and counted`() throws {
    let expected = (0..<5_000).map { String(repeating: "x", count: $0 % 97) + "\($0)" }
    try Files.create(directory["a"], Array(expected.joined(separator: "\n").utf8), mode: 0o600)
    var reader = try LineReader(path: directory["a"], chunkBytes: 100)
    #expect(try lines(of: &reader) == expected)
    #expect(reader.lineNumber == 5_000)
  }

  @Test func `reading a directory is an error of the system`() throws {
    let path = directory.path
    let error = #expect(throws: LineReaderError.self) {
      var reader = try LineReader(path: path)
      _ = try reader.nextLine()
    }
    #expect(error == .system(SystemError(operation: "read", path: path, code: EISDIR)))
  }

  private func lines(of reader: inout LineReader) throws -> [String] {
    var lines: [String] = []
    while let line = try reader.nextLine() { lines.append(String(decoding: line, as: UTF8.self)) }
    return lines
  }
}
