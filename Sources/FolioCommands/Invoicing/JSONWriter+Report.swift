import FolioBilling
import JSON

extension JSONWriter {
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
}
