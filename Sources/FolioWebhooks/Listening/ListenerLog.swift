import FolioBilling
package import JSON

/// Writes what a listener does as lines of JSON: ids, customers, outcomes and durations, and never a body, a secret, a
/// signature or the path of a portal.
package struct ListenerLog: Sendable {
  private let clocks: ListenerClocks
  private let describe: @Sendable (any Error) -> String
  private let sink: @Sendable ([UInt8]) -> Void

  /// - Parameters:
  ///   - describe: turns an error into words without customer data.
  ///   - sink: takes whole lines.
  package init(
    clocks: ListenerClocks, describe: @escaping @Sendable (any Error) -> String,
    to sink: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.clocks = clocks
    self.describe = describe
    self.sink = sink
  }

  /// Writes one line.
  package func line(_ event: String, _ members: (inout JSONWriter) -> Void = { _ in }) {
    sink(bytes(event, members))
  }

  /// Writes a line about something that did not work.
  package func failure(_ event: String, _ error: any Error, _ members: (inout JSONWriter) -> Void = { _ in })
  {
    line(event) { writer in
      members(&writer)
      writer.member("reason", describe(error))
    }
  }

  /// Writes lines at once.
  func write(_ lines: [[UInt8]]) {
    if !lines.isEmpty { sink(lines.reduce(into: []) { $0 += $1 }) }
  }

  /// The bytes of a line, with its time and its end.
  func bytes(_ event: String, _ members: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("time", clocks.now().text)
    writer.member("event", event)
    members(&writer)
    writer.endObject()
    writer.endDocument()
    return writer.bytes
  }
}
