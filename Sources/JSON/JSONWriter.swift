/// Writes JSON as it is told, member by member, into one growing buffer.
///
/// The order of calls is the caller's promise: a key before each member's value, an end for each begin. A
/// broken promise stops the program instead of writing something that is not JSON.
package struct JSONWriter: Sendable {
  /// How the document is laid out.
  package enum Style: Sendable {
    /// No white space at all.
    case compact
    /// A line a member, indented by two spaces; empty containers stay `[]` and `{}`.
    case pretty
  }

  /// The largest integer that every reader keeps exact, 2^53 − 1 (RFC 7493 §2.2).
  package static let largestExactInteger: Int64 = 9_007_199_254_740_991

  /// What was written so far.
  package internal(set) var bytes: [UInt8] = []
  private let style: Style
  /// Whether each open container is an object, outermost first.
  private var open: [Bool] = []
  /// Whether the container begun last holds nothing so far.
  private var isEmpty = true
  /// What stands before a line of the open container.
  private var lineStart: [UInt8] = [0x0A]
  private var isAfterKey = false
  private var isComplete = false

  /// Makes a writer with an empty document.
  package init(style: Style = .compact) {
    self.style = style
  }

  /// Starts an object, as a value.
  package mutating func beginObject() {
    begin(0x7B, isObject: true)
  }

  /// Ends the object begun last.
  package mutating func endObject() {
    end(0x7D, isObject: true)
  }

  /// Starts an array, as a value.
  package mutating func beginArray() {
    begin(0x5B, isObject: false)
  }

  /// Ends the array begun last.
  package mutating func endArray() {
    end(0x5D, isObject: false)
  }

  /// Names the next member. That no name comes twice is the caller's to see to.
  package mutating func key(_ name: String) {
    beginKey()
    appendQuoted(name)
    bytes.append(0x3A)
    if style == .pretty { bytes.append(0x20) }
    isAfterKey = true
  }

  /// Names the next member by a name that was quoted before.
  package mutating func key(_ key: JSONKey) {
    beginKey()
    bytes.append(contentsOf: key.bytes)
    if style == .compact { bytes.removeLast() }
    isAfterKey = true
  }

  private mutating func beginKey() {
    precondition(open.last == true && !isAfterKey, "a key belongs into an object, before its value")
    separate()
  }

  /// Writes text, escaped so that a terminal or a page that shows the document stays as it is.
  package mutating func string(_ text: String) {
    beginValue()
    appendQuoted(text)
  }

  /// Writes text given as UTF-8, escaped as ``string(_:)-(String)`` escapes it.
  package mutating func string(_ text: [UInt8]) {
    beginValue()
    appendQuoted(text)
  }

  /// Writes an integer; beyond ±``largestExactInteger`` as a string (RFC 7493 §2.2).
  package mutating func integer(_ number: Int64) {
    beginValue()
    let isExact = number.magnitude <= Self.largestExactInteger.magnitude
    if !isExact { bytes.append(0x22) }
    appendDecimal(number, fractionDigits: 0)
    if !isExact { bytes.append(0x22) }
  }

  /// Writes a number whose exact text the caller has.
  ///
  /// - Precondition: `text` is a number by RFC 8259 §6.
  package mutating func decimal(_ text: String) {
    precondition(JSONNumberGrammar.matches(text), "a decimal is written as a JSON number")
    beginValue()
    bytes.append(contentsOf: text.utf8)
  }

  /// Writes `digits` · 10^−`fractionDigits` with all its places: (42100, 2) is `421.00`, (−5, 2) is `-0.05`.
  ///
  /// An amount stays a bare number whatever its size; without a fraction it is written as ``integer(_:)``
  /// writes it.
  ///
  /// - Precondition: `fractionDigits` is not negative.
  package mutating func decimal(digits: Int64, fractionDigits: Int) {
    precondition(fractionDigits >= 0, "a fraction has no fewer than 0 digits")
    guard fractionDigits > 0 else { return integer(digits) }
    beginValue()
    appendDecimal(digits, fractionDigits: fractionDigits)
  }

  /// Writes `true` or `false`.
  package mutating func bool(_ value: Bool) {
    beginValue()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  /// Writes `null`.
  package mutating func null() {
    beginValue()
    bytes.append(contentsOf: "null".utf8)
  }

  /// Ends the document with a line feed; another may follow, which makes NDJSON of compact ones.
  ///
  /// - Precondition: one whole value was written.
  package mutating func endDocument() {
    precondition(isComplete, "a document is one whole value")
    bytes.append(0x0A)
    isComplete = false
  }

  /// Empties the writer, unfinished containers included; with `keepingCapacity` it needs no new memory.
  package mutating func removeAll(keepingCapacity: Bool = false) {
    bytes.removeAll(keepingCapacity: keepingCapacity)
    open.removeAll(keepingCapacity: keepingCapacity)
    lineStart = [0x0A]
    isAfterKey = false
    isComplete = false
  }

  private mutating func begin(_ bracket: UInt8, isObject: Bool) {
    beginValue()
    isComplete = false
    bytes.append(bracket)
    open.append(isObject)
    isEmpty = true
    if style == .pretty { lineStart += [0x20, 0x20] }
  }

  private mutating func end(_ bracket: UInt8, isObject: Bool) {
    precondition(open.last == isObject && !isAfterKey, "the container begun last is ended first")
    open.removeLast()
    if style == .pretty { lineStart.removeLast(2) }
    if !isEmpty { breakLine() }
    bytes.append(bracket)
    isEmpty = false  // the container around it holds this one
    isComplete = open.isEmpty
  }

  /// Writes what has to stand before any value.
  private mutating func beginValue() {
    if isAfterKey {
      isAfterKey = false
    } else if let isObject = open.last {
      precondition(!isObject, "a member has a key")
      separate()
    } else {
      precondition(!isComplete, "a document is one value")
      isComplete = true
    }
  }

  /// Writes what stands between the elements of the open container.
  private mutating func separate() {
    if !isEmpty { bytes.append(0x2C) }
    isEmpty = false
    breakLine()
  }

  private mutating func breakLine() {
    guard style == .pretty else { return }
    bytes.append(contentsOf: lineStart)
  }
}
