import JSON

/// One line of the report.
struct Figure {
  let name: String
  let value: Double
  let unit: String
  /// What the value is measured against; nil for a figure that is there for context.
  var target: Target?

  /// A bound that is met where the value is equal.
  enum Target {
    case atMost(Double)
    case atLeast(Double)

    var bound: Double {
      switch self {
      case .atMost(let bound), .atLeast(let bound): bound
      }
    }
  }

  var isMet: Bool {
    switch target {
    case .atMost(let bound): value <= bound
    case .atLeast(let bound): value >= bound
    case nil: true
    }
  }

  /// The line for machines.
  var json: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("name")
    writer.string(name)
    writer.key("value")
    writer.decimal(decimalText(value))
    writer.key("unit")
    writer.string(unit)
    if let target {
      writer.key("target")
      writer.decimal(decimalText(target.bound))
      writer.key("met")
      writer.bool(isMet)
    }
    writer.endObject()
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// The line for people.
  var row: [String] {
    [name, decimalText(value), unit, bound, verdict]
  }

  private var bound: String {
    switch target {
    case .atMost(let bound): "≤ " + decimalText(bound)
    case .atLeast(let bound): "≥ " + decimalText(bound)
    case nil: ""
    }
  }

  private var verdict: String {
    if target == nil { return "" }
    return isMet ? "met" : "MISSED"
  }
}

/// A value with at most three digits behind the point.
private func decimalText(_ value: Double) -> String {
  let thousandths = Int((value * 1_000).rounded())
  var text = paddedNumber(thousandths % 1_000, 3)
  while text.utf8.last == UInt8(ascii: "0") { text.removeLast() }
  return String(thousandths / 1_000) + (text.isEmpty ? "" : "." + text)
}

/// The middle one of values, of two in the middle the lower; there is at least one.
func median<Value: Comparable>(_ values: [Value]) -> Value {
  values.sorted()[(values.count - 1) / 2]
}
