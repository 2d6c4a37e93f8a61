import Testing

/// An element of well-formed markup, with the texts and elements in it.
struct Element {
  let name: String
  let attributes: [String: String]
  var text = ""
  var children: [Element] = []

  var classes: [String] { (attributes["class"] ?? "").split(separator: " ").map(String.init) }

  /// The element and all below it, in order.
  var all: [Element] { [self] + children.flatMap(\.all) }

  /// Of an attribute in per cent, in hundredths; of one in pixels, in tenths; zero when it is missing.
  func number(_ name: String) -> Int64 {
    let value = attributes[name] ?? "0"
    let isPercentage = value.hasSuffix("%")
    let parts = value.split(separator: "%")[0].split(separator: ".")
    let places = isPercentage ? 2 : 1
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    let zeros = String(repeating: "0", count: places - fraction.count)
    return Int64("\(parts[0])\(fraction)\(zeros)") ?? .min
  }
}

/// Reads what charts write, and refuses what no XML reader would take.
struct ElementReader {
  struct NotWellFormed: Error { let place: Int }

  private let scalars: [Unicode.Scalar]
  private var position = 0

  private init(_ markup: String) { scalars = Array(markup.unicodeScalars) }

  static func elements(of markup: String) throws -> [Element] {
    var reader = ElementReader("<all>\(markup)</all>")
    let element = try reader.element()
    guard reader.position == reader.scalars.count else { throw NotWellFormed(place: reader.position) }
    return element.children
  }

  private mutating func element() throws -> Element {
    try take("<")
    let name = word()
    var element = Element(name: name, attributes: try attributes())
    if next("/>") { return element }
    try take(">")
    while !next("</") {
      if peek == "<" {
        element.children.append(try self.element())
      } else {
        element.text += try text(until: "<")
      }
    }
    try take(name + ">")
    return element
  }

  private mutating func attributes() throws -> [String: String] {
    var attributes: [String: String] = [:]
    while next(" ") {
      let name = word()
      try take("=\"")
      guard attributes.updateValue(try text(until: "\""), forKey: name) == nil else {
        throw NotWellFormed(place: position)
      }
      try take("\"")
    }
    return attributes
  }

  private mutating func text(until end: Unicode.Scalar) throws -> String {
    var text = String.UnicodeScalarView()
    while let scalar = peek, scalar != end {
      if scalar == "<" { throw NotWellFormed(place: position) }
      text.append(scalar == "&" ? try entity() : scalar)
      if scalar != "&" { position += 1 }
    }
    return String(text)
  }

  private mutating func entity() throws -> Unicode.Scalar {
    let entities: [(String, Unicode.Scalar)] = [
      ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"),
    ]
    for (name, scalar) in entities where next(name) { return scalar }
    throw NotWellFormed(place: position)
  }

  private mutating func word() -> String {
    let start = position
    while let scalar = peek, scalar.properties.isAlphabetic || scalar == "-" || ("0"..."9").contains(scalar) {
      position += 1
    }
    return String(String.UnicodeScalarView(scalars[start..<position]))
  }

  private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func next(_ text: String) -> Bool {
    guard scalars[position...].starts(with: text.unicodeScalars) else { return false }
    position += text.unicodeScalars.count
    return true
  }

  private mutating func take(_ text: String) throws {
    guard next(text) else { throw NotWellFormed(place: position) }
  }
}
