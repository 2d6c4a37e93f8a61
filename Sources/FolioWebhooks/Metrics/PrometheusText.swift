/// Writes metrics in Prometheus' text format 0.0.4.
///
/// Source: prometheus.io/docs/instrumenting/exposition_formats. Names and labels come from the program alone, so no
/// label needs escaping.
package struct PrometheusText {
  /// The media type of what this writes.
  package static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// Writes a counter's family; values by the label's value, in the order given.
  package mutating func counter(_ name: String, _ help: String, label: String, _ values: [(String, Int64)]) {
    begin(name, help, "counter")
    for (value, count) in values { line("\(name){\(label)=\"\(value)\"} \(count)") }
  }

  package mutating func counter(_ name: String, _ help: String, _ value: Int64) {
    begin(name, help, "counter")
    line("\(name) \(value)")
  }

  package mutating func gauge(_ name: String, _ help: String, _ value: Int64) {
    begin(name, help, "gauge")
    line("\(name) \(value)")
  }

  /// Writes a gauge in seconds with milliseconds.
  package mutating func gauge(_ name: String, _ help: String, _ value: Duration) {
    begin(name, help, "gauge")
    line("\(name) \(Self.seconds(value.microseconds))")
  }

  package mutating func histogram(_ name: String, _ help: String, _ histogram: Histogram) {
    begin(name, help, "histogram")
    var count: Int64 = 0
    for (bound, own) in zip(Histogram.bounds, histogram.counts) {
      count += own
      line("\(name)_bucket{le=\"\(Self.seconds(bound))\"} \(count)")
    }
    count += histogram.counts[Histogram.bounds.count]
    line("\(name)_bucket{le=\"+Inf\"} \(count)")
    line("\(name)_sum \(Self.seconds(histogram.sum))")
    line("\(name)_count \(count)")
  }

  private mutating func begin(_ name: String, _ help: String, _ type: String) {
    line("# HELP \(name) \(help)")
    line("# TYPE \(name) \(type)")
  }

  private mutating func line(_ text: String) {
    bytes += text.utf8
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Microseconds as decimal seconds without trailing zeros.
  static func seconds(_ microseconds: Int64) -> String {
    let (whole, part) = (microseconds / 1_000_000, microseconds % 1_000_000)
    guard part != 0 else { return String(whole) }
    var digits = String(1_000_000 + part).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(whole).\(digits)"
  }
}
