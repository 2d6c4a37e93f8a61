import OperatingSystem

extension FuzzTarget {
  /// How to change known inputs: a few of our own, and the files of a folder.
  ///
  /// - Throws: `SystemError` when the folder cannot be read.
  func mutation(corpus folder: String?) throws -> Mutation {
    let files = try folder.map { try Self.files(in: $0, bytesLimit: 1 << 15) } ?? []
    return Mutation(corpus: seeds.map { Array($0.utf8) } + files, words: words.map { Array($0.utf8) })
  }

  private var seeds: [String] {
    switch self {
    case .json:
      [
        #"{"id":"evt_1","type":"billing.usage.recorded","data":{"n":[1,-0.5e10,true,null],"t":"a\u00e9\ud83d\ude00"}}"#,
        "[[[[]]]]", #"{"a":{"b":{"c":12345678901234567890.000001}}}"#, "\"\\u0000\"", " 1e400 ", "{}",
      ]
    case .request:
      [
        "POST /webhooks/billing HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\nHost: b\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nA: b\r\n\r\n",
        "GET http://a/b?c HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\n\r\n",
        "HEAD / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "OPTIONS * HTTP/1.1\r\nhost:[::1]:80\r\n\r\n",
      ]
    case .template:
      [
        "{{a}} {{{a}}} {{&a}}\n{{#c}}\n  {{.}}{{a}}\n{{/c}}{{^name}}none{{/name}}",
        "{{>fuzz}}", "  {{>fuzz}}\n", "{{<fuzz}}{{$x}}y{{/x}}{{/fuzz}}", "{{$x}}default\n{{/x}}", "{{>*a}}",
        "{{=<% %>=}}<%a%><%={{ }}=%>{{a}}", "{{! comment\nover lines }}",
        "{{#list}}{{#list}}{{.}}{{/list}}{{/list}}",
      ]
    }
  }

  private var words: [String] {
    switch self {
    case .json:
      [
        "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u", "\\ud800", "\\udc00", "true", "nul", "-", "0", "e+",
        "1e9", ".", "\u{FEFF}",
      ]
    case .request:
      [
        "\r\n", "\r", "\n", "\r\n\r\n", " ", "\t", ":", ";", ",", "0", "F", "-", "+", "%", "\0", "\u{85}",
        "chunked",
        "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Host: a\r\n", "HTTP/1.1",
        "FFFFFFFFFFFFFFFF",
        "9223372036854775808",
      ]
    case .template:
      [
        "{{", "}}", "{{{", "}}}", "{{#a}}", "{{/a}}", "{{^b}}", "{{>fuzz}}", "{{<fuzz}}", "{{/fuzz}}",
        "{{$x}}", "{{/x}}", "{{.}}", "{{a.b.c}}", "{{=| |=}}", "|={{ }}=|", "\r\n", "\n", "  ", "!",
      ]
    }
  }

  /// The small files below a folder, in order of their names.
  private static func files(in folder: String, bytesLimit: Int) throws(SystemError) -> [[UInt8]] {
    var files: [[UInt8]] = []
    for name in try Directories.list(folder) {
      let path = folder + "/" + name
      let status = try Files.status(path)
      if status.isDirectory {
        files += try Self.files(in: path, bytesLimit: bytesLimit)
      } else if status.size <= bytesLimit {
        files.append(try Files.read(path, bytesLimit: bytesLimit))
      }
    }
    return files
  }
}
