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

  /// What was written so far, as a copy.
  package var bytes: [UInt8] { buffer.bytes }

  /// Lends what was written so far.
  package func withSpan<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try buffer.withSpan(body)
  }

  var buffer = ByteBuffer(capacity: 1_024)
  private let style: Style
  /// What may come after each open container, outermost first.
  private var open: [State] = []
  private var state = State.beforeDocument

  /// What may come next.
  private enum State {
    /// A value, and nothing before it.
    case beforeDocument
    /// The end of the document.
    case afterDocument
    /// The first member of an object, or its end.
    case inEmptyObject
    /// A further member, or the end.
    case inObject
    /// The value of the key before it.
    case afterKey
    case inEmptyArray
    case inArray

    var isInObject: Bool { self == .inEmptyObject || self == .inObject }
  }

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
    buffer.append(quoted: name)
    buffer.append(0x3A)
    if style == .pretty { buffer.append(0x20) }
  }

  /// Names the next member by a name with a number, which `name` has to give only once for each depth.
  ///
  /// - Precondition: the document is a pretty one, and a number has one name.
  package mutating func key(_ number: Int, of keys: inout JSONKeys, _ name: () -> String) {
    precondition(style == .pretty, "keys are kept with the lines that they begin")
    guard let place = keys.place(of: number, depth: open.count, name) else { return key(name()) }
    precondition(state.isInObject, "a key belongs into an object, before its value")
    let start = Int(place.lowerBound) + (state == .inObject ? 0 : 1)  // the first one has no comma
    buffer.append(start..<Int(place.upperBound), of: keys.bytes.span)
    state = .afterKey
  }

  private mutating func beginKey() {
    precondition(state.isInObject, "a key belongs into an object, before its value")
    if state == .inObject { buffer.append(0x2C) }
    breakLine()
    state = .afterKey
  }

  /// Writes text, escaped so that a terminal or a page that shows the document stays as it is.
  package mutating func string(_ text: String) {
    beginValue()
    buffer.append(quoted: text)
  }

  /// Writes text given as UTF-8, escaped as ``string(_:)-(String)`` escapes it.
  package mutating func string(_ text: [UInt8]) {
    beginValue()
    buffer.append(quoted: text)
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
    precondition(state == .afterDocument, "a document is one whole value")
    buffer.append(0x0A)
    state = .beforeDocument
  }

  /// Empties the writer, unfinished containers included; with `keepingCapacity` it needs no new memory.
  package mutating func removeAll(keepingCapacity: Bool = false) {
    buffer.removeAll(keepingCapacity: keepingCapacity)
    open.removeAll(keepingCapacity: keepingCapacity)
    state = .beforeDocument
  }

  private mutating func begin(_ bracket: UInt8, isObject: Bool) {
    beginValue()
    buffer.append(bracket)
    open.append(state)
    state = isObject ? .inEmptyObject : .inEmptyArray
  }

  private mutating func end(_ bracket: UInt8, isObject: Bool) {
    let isEmpty = state == (isObject ? .inEmptyObject : .inEmptyArray)
    precondition(
      isEmpty || state == (isObject ? .inObject : .inArray), "the container begun last is ended first")
    state = open.removeLast()
    if !isEmpty { breakLine() }
    buffer.append(bracket)
  }

  /// Writes what has to stand before any value, and takes note that the value comes.
  private mutating func beginValue() {
    switch state {
    case .afterKey: state = .inObject
    case .inEmptyArray, .inArray: beginElement()
    case .beforeDocument: state = .afterDocument
    case .afterDocument: preconditionFailure("a document is one value")
    case .inEmptyObject, .inObject: preconditionFailure("a member has a key")
    }
  }

  private mutating func beginElement() {
    if state == .inArray { buffer.append(0x2C) }
    breakLine()
    state = .inArray
  }

  /// Begins a line of the open container.
  private mutating func breakLine() {
    guard style == .pretty else { return }
    buffer.append(0x0A)
    buffer.append(repeating: 0x20, count: 2 * open.count)
  }
}
