import Markup

/// What is written into an empty buffer.
func markup(_ render: (inout ByteBuffer) -> Void) -> String {
  var buffer = ByteBuffer()
  render(&buffer)
  return String(decoding: buffer.bytes, as: UTF8.self)
}

extension String {
  func count(of part: String) -> Int { split(separator: part, omittingEmptySubsequences: false).count - 1 }
}
