package import Markup

/// Writes JSON as it is told, member by member, into one growing buffer.
///
/// The order of calls is the caller's promise: a key before each member's value, an end for each begin. A
/// broken promise stops the program instead of writing something that is not JSON.
package struct JSONWriter: ~Copyable {
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
  package var bytes: [UInt8] { buffer.bytes }
  var buffer = ByteBuffer(capacity: 1_024)
  private let style: Style
  /// Whether each open container is an object, outermost first.
  private var open: [Bool] = []
  /// Whether the container begun last is an object; nil where none is open.
  private var isInObject: Bool?
  /// Whether the container begun last holds nothing so far.
  private var isEmpty = true
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
    buffer.append(0x3A)
    if style == .pretty { buffer.append(0x20) }
    isAfterKey = true
  }

  /// Names the next member by a name that was quoted before.
  package mutating func key(_ key: JSONKey) {
    beginKey()
    buffer.append(0..<key.bytes.count - (style == .pretty ? 0 : 1), of: key.bytes.span)
    isAfterKey = true
  }

  private mutating func beginKey() {
    precondition(isInObject == true && !isAfterKey, "a key belongs into an object, before its value")
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

  /// Writes a string of what `append` writes, which has nothing to escape: digits, letters, the signs of dates.
  package mutating func plainString(_ append: (inout ByteBuffer) -> Void) {
    beginValue()
    buffer.append(0x22)
    append(&buffer)
    buffer.append(0x22)
  }

  /// Writes an integer; beyond ±``largestExactInteger`` as a string (RFC 7493 §2.2).
  package mutating func integer(_ number: Int64) {
    beginValue()
    let isExact = number.magnitude <= Self.largestExactInteger.magnitude
    if !isExact { buffer.append(0x22) }
    buffer.append(decimal: number)
    if !isExact { buffer.append(0x22) }
  }

  /// Writes a number whose exact text the caller has.
  ///
  /// - Precondition: `text` is a number by RFC 8259 §6.
  package mutating func decimal(_ text: String) {
    precondition(JSONNumberGrammar.matches(text), "a decimal is written as a JSON number")
    beginValue()
    buffer.append(text)
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
    buffer.append(decimal: digits, scale: fractionDigits)
  }

  /// Writes `true` or `false`.
  package mutating func bool(_ value: Bool) {
    beginValue()
    buffer.append(value ? "true" : "false")
  }

  /// Writes `null`.
  package mutating func null() {
    beginValue()
    buffer.append("null")
  }

  /// Ends the document with a line feed; another may follow, which makes NDJSON of compact ones.
  ///
  /// - Precondition: one whole value was written.
  package mutating func endDocument() {
    precondition(isComplete, "a document is one whole value")
    buffer.append(0x0A)
    isComplete = false
  }

  /// Empties the writer, unfinished containers included; with `keepingCapacity` it needs no new memory.
  package mutating func removeAll(keepingCapacity: Bool = false) {
    buffer.removeAll(keepingCapacity: keepingCapacity)
    open.removeAll(keepingCapacity: keepingCapacity)
    isInObject = nil
    isAfterKey = false
    isComplete = false
  }

  private mutating func begin(_ bracket: UInt8, isObject: Bool) {
    beginValue()
    isComplete = false
    buffer.append(bracket)
    open.append(isObject)
    isInObject = isObject
    isEmpty = true
  }

  private mutating func end(_ bracket: UInt8, isObject: Bool) {
    precondition(isInObject == isObject && !isAfterKey, "the container begun last is ended first")
    open.removeLast()
    isInObject = open.last
    if !isEmpty { breakLine() }
    buffer.append(bracket)
    isEmpty = false  // the container around it holds this one
    isComplete = open.isEmpty
  }

  /// Writes what has to stand before any value.
  private mutating func beginValue() {
    if isAfterKey {
      isAfterKey = false
    } else if let isInObject {
      precondition(!isInObject, "a member has a key")
      separate()
    } else {
      precondition(!isComplete, "a document is one value")
      isComplete = true
    }
  }

  /// Writes what stands between the elements of the open container.
  private mutating func separate() {
    if !isEmpty { buffer.append(0x2C) }
    isEmpty = false
    breakLine()
  }

  /// Begins a line of the open container.
  private mutating func breakLine() {
    guard style == .pretty else { return }
    buffer.append(0x0A)
    buffer.append(repeating: 0x20, count: 2 * open.count)
  }
}
