import FolioBilling
import JSON
import Markup
import Synchronization
import Templating

/// Writes values as JSON for machines: amounts as exact decimals, instants as RFC 3339.
///
/// One writer for the feeds of a portal keeps its memory from feed to feed.
struct FeedWriter: ~Copyable {
  private var json = JSONWriter(style: .pretty)
  /// By the numbers of the fields' names.
  private var keys = quoted.withLock { $0 }
  /// What writers before this one have quoted, so that a build quotes a name about once and not in each portal.
  private static let quoted = Mutex(JSONKeys())

  deinit { Self.quoted.withLock { if $0.count < keys.count { $0 = keys } } }

  /// The bytes of a feed: indented, ending with a line feed.
  ///
  /// - Complexity: O(n).
  static func bytes(_ feed: some Feed) -> [UInt8] {
    var writer = FeedWriter()
    writer.write(whole: feed)
    return writer.json.bytes
  }

  /// Lends the same bytes to `body`, with what this writer has kept.
  mutating func write(_ feed: some Feed, _ body: (Span<UInt8>) throws -> Void) rethrows {
    write(whole: feed)
    try json.withSpan(body)
  }

  private mutating func write(whole feed: some Feed) {
    json.removeAll(keepingCapacity: true)
    feed.write(into: &self)
    json.endDocument()
  }

  // MARK: What writes itself

  /// An object of the members that `body` writes.
  mutating func object(_ body: (inout FeedWriter) -> Void) {
    json.beginObject()
    body(&self)
    json.endObject()
  }

  /// A member with its value.
  mutating func member(_ name: TemplateName, _ value: TemplateValue) {
    writeKey(of: name)
    write(value)
  }

  /// A member whose value is text, or null.
  mutating func member(_ name: TemplateName, _ text: String?) {
    writeKey(of: name)
    if let text { json.string(text) } else { json.null() }
  }

  /// A member whose value is text of our own making, which has nothing to escape: a word of a vocabulary, a path.
  mutating func member(_ name: TemplateName, plain text: String) {
    writeKey(of: name)
    json.plainString { $0.append(text) }
  }

  /// A member whose value is a list of objects, the members of each written by `body`.
  mutating func list<Element>(
    _ name: TemplateName, _ elements: [Element], _ body: (Element, inout FeedWriter) -> Void
  ) {
    writeKey(of: name)
    json.beginArray()
    for element in elements { object { body(element, &$0) } }
    json.endArray()
  }

  private mutating func writeKey(of name: TemplateName) {
    json.key(Int(name.ordinal), of: &keys) { name.spelling }
  }

  // MARK: Trees

  /// An object that has been made.
  mutating func write(_ object: TemplateObject) {
    json.beginObject()
    object.forEach { name, value in member(name, value) }
    json.endObject()
  }

  private mutating func write(_ value: TemplateValue) {
    switch value {
    case .null: json.null()
    case .bool(let value): json.bool(value)
    case .text(let text): json.string(text)
    case .integer(let number): json.integer(number)
    case .leaf(let leaf): write(leaf)
    case .list(let items):
      json.beginArray()
      for index in items.indices { write(items[index]) }
      json.endArray()
    case .object(let object): write(object)
    case .markup, .table: preconditionFailure("markup and tables are for pages")
    }
  }

  private mutating func write(_ leaf: TemplateLeaf) {
    switch leaf.portalKind {
    case .money, .moneyChange:
      json.decimal(digits: leaf.value, fractionDigits: leaf.money.currency.minorDigits)
    case .count, .countChange, .wholePercent, .bytes: json.integer(leaf.value)
    case .percent, .rate: write(leaf.decimal.trimmed.coefficient, scale: leaf.decimal.trimmed.scale)
    case .decimal, .changePercent:
      json.decimal(digits: leaf.value, fractionDigits: leaf.portalKind == .decimal ? Int(leaf.detail) : 1)
    case .date: json.plainString { $0.append(machine: CalendarDate(daysSinceEpoch: Int(leaf.value))) }
    case .month: json.plainString { $0.append(machine: CalendarMonth(ordinal: Int(leaf.value))) }
    case .instant, .dayOfInstant: json.plainString { $0.append(machine: leaf.instant) }
    case .unitPrice: write(leaf.unitPrice.digits.coefficient, scale: leaf.unitPrice.digits.scale)
    }
  }

  /// A number as bare digits, also where it is whole and so large that a reader may round it.
  private mutating func write(_ coefficient: Int64, scale: Int) {
    if scale == 0, coefficient.magnitude > JSONWriter.largestExactInteger.magnitude {
      json.decimal(String(coefficient))
    } else {
      json.decimal(digits: coefficient, fractionDigits: scale)
    }
  }
}
