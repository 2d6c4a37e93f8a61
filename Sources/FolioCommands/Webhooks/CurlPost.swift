import OperatingSystem

/// One POST by the program `curl`, which has TLS.
enum CurlPost {
  /// Posts a body of JSON; what is secret of it goes through curl's standard input and never through its arguments.
  ///
  /// - Throws: `PostError`.
  static func send(
    _ body: [UInt8], to target: PostTarget, headers: [(name: String, value: String)]
  ) throws(PostError) -> PostAnswer {
    guard !body.contains(0) else { throw .bodyHoldsNUL }
    let input = configuration(body, target, headers)
    let result: ChildProcess.Result
    do throws(ChildProcessError) {
      // -q comes first: no .curlrc of the user's changes what is said here.
      result = try ChildProcess.run(
        "curl", arguments: ["-q", "-K", "-"], input: input, outputBytesLimit: 2 * HTTPPost.answerBytesLimit)
    } catch {
      switch error {
      case .notFound: throw .curlMissing
      case .outputTooLarge: throw .noAnswer(target.text)
      case .system(let error): throw .noConnection(.system(error))
      }
    }
    guard result.exitStatus == 0 else {
      throw .curl(
        status: result.exitStatus, words: String(decoding: result.errorOutput.prefix(400), as: UTF8.self))
    }
    guard let answer = answer(result.output) else { throw .noAnswer(target.text) }
    return answer
  }

  static func configuration(
    _ body: [UInt8], _ target: PostTarget, _ headers: [(name: String, value: String)]
  ) -> [UInt8] {
    let fields = [(name: "Content-Type", value: "application/json")] + headers
    let options: [(String, [UInt8])] =
      [
        ("url", Array(target.text.utf8)), ("proto", Array("=https".utf8)), ("noproxy", Array("*".utf8)),
        ("max-time", Array(String(HTTPPost.waitingSeconds).utf8)),
        ("write-out", Array("\n%{http_code}".utf8)),
      ] + fields.map { ("header", Array("\($0.name): \($0.value)".utf8)) } + [("data-raw", body)]
    return Array("silent\nshow-error\ngloboff\n".utf8)
      + options.flatMap { name, value in Array((name + " = ").utf8) + quoted(value) + [0x0A] }
  }

  /// A value as curl's configuration quotes it (curl(1), `--config`).
  private static func quoted(_ value: [UInt8]) -> [UInt8] {
    var text: [UInt8] = [UInt8(ascii: "\"")]
    for byte in value {
      switch byte {
      case UInt8(ascii: "\\"), UInt8(ascii: "\""): text += [UInt8(ascii: "\\"), byte]
      case 0x0A: text += Array("\\n".utf8)
      case 0x0D: text += Array("\\r".utf8)
      case 0x09: text += Array("\\t".utf8)
      default: text.append(byte)
      }
    }
    return text + [UInt8(ascii: "\"")]
  }

  /// Takes the status off the last line, where `write-out` put it.
  private static func answer(_ output: [UInt8]) -> PostAnswer? {
    guard let end = output.lastIndex(of: 0x0A) else { return nil }
    let digits = output[(end + 1)...]
    guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return PostAnswer(status: digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }, body: Array(output[..<end]))
  }
}
