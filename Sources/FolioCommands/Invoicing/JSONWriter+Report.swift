import FolioBilling
import JSON

extension JSONWriter {
  mutating func member(_ name: String, _ text: String?) {
    key(name)
    if let text { string(text) } else { null() }
  }

  mutating func member(_ name: String, _ count: Int) {
    key(name)
    integer(Int64(count))
  }

  mutating func member(_ name: String, _ flag: Bool) {
    key(name)
    bool(flag)
  }

  /// An amount as an exact decimal; null for what is not known.
  mutating func member(_ name: String, _ amount: Money?) {
    key(name)
    if let amount { decimal(amount.decimalText) } else { null() }
  }

  /// The same as an integer of minor units.
  mutating func minorMember(_ name: String, _ amount: Money?) {
    key(name)
    if let amount { integer(amount.minorUnits) } else { null() }
  }

  /// A list under a name, each element written by `body`.
  mutating func list<Element>(
    _ name: String, _ elements: [Element], _ body: (Element, inout JSONWriter) -> Void
  ) {
    key(name)
    beginArray()
    for element in elements {
      beginObject()
      body(element, &self)
      endObject()
    }
    endArray()
  }
}
