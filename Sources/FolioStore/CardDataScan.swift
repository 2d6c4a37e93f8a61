import FolioBilling
package import JSON

/// Finds card data, so that none of it is ever kept (PCI DSS 3.3.1, 3.5.1).
///
/// Keys that hold a card's number or code are refused whatever they hold. Elsewhere a run of digits, spaces and
/// dashes between them allowed, is card data when its opening and its length fit a card brand and it passes
/// Luhn's check. Identifiers, GLN and DUNS numbers, byte counts and times are passed over: one in ten of them
/// passes Luhn's check.
package enum CardDataScan {
  /// The way to the first card data in a value, or nil when there is none.
  ///
  /// - Parameter allowsDocumentNumber: whether a key `number` names a document, as an invoice's does.
  package static func firstFinding(in value: JSONValue, allowsDocumentNumber: Bool = false) -> String? {
    var search = CardDataSearch(allowsDocumentNumber: allowsDocumentNumber)
    return search.finds(in: value, under: "") ? search.path : nil
  }

  /// The same of a whole event: of a type whose document has a number of its own, that one is none of a card.
  package static func firstFinding(inEvent value: JSONValue) -> String? {
    firstFinding(in: value, allowsDocumentNumber: isNumberedDocument(value))
  }

  /// Known before anything of the event is checked.
  private static func isNumberedDocument(_ value: JSONValue) -> Bool {
    guard case .object(let object) = value, case .string(let type)? = object["type"] else { return false }
    return [EventType.invoiceFinalized, .creditNoteIssued].contains {
      type.utf8.elementsEqual($0.rawValue.utf8)
    }
  }

  /// Whether a text holds what looks like a card's number.
  package static func holdsCardNumber(_ text: String) -> Bool {
    guard hasLongRun(text.utf8) else { return false }
    var groups: [[UInt8]] = []
    var current: [UInt8] = []
    var separators = 0
    for scalar in text.unicodeScalars {
      if (48...57).contains(scalar.value) {
        if separators > separatorsLimit, check(&groups) { return true }
        separators = 0
        current.append(UInt8(scalar.value - 48))
      } else if isSeparator(scalar) {
        if !current.isEmpty { groups.append(current) }
        current = []
        separators += 1
      } else {
        if !current.isEmpty { groups.append(current) }
        current = []
        if check(&groups) { return true }
        separators = 0
      }
    }
    if !current.isEmpty { groups.append(current) }
    return check(&groups)
  }

  /// Whether there are 14 digits without a letter or a sign between them: few texts need a closer look.
  private static func hasLongRun(_ text: String.UTF8View) -> Bool {
    guard text.count >= 14 else { return false }
    var digits = 0
    for byte in text {
      switch byte {
      case 0x30...0x39:
        digits += 1
        if digits == 14 { return true }
      // Beyond ASCII are some of the dashes and spaces.
      case 0x20, 0x2D, 0x80...: continue
      default: digits = 0
      }
    }
    return false
  }

  /// How many spaces and dashes may stand between two groups of one number: ` - ` is three.
  private static let separatorsLimit = 3

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20, 0x2D, 0xA0, 0x2010...0x2015, 0x2212, 0x202F, 0x2007, 0x2009: true
    default: false
    }
  }

  /// Tries every run of whole neighbouring groups, then forgets them.
  private static func check(_ groups: inout [[UInt8]]) -> Bool {
    defer { groups.removeAll(keepingCapacity: true) }
    for start in groups.indices {
      var digits: [UInt8] = []
      for group in groups[start...] {
        digits += group
        if digits.count > 19 { break }
        if isCardNumber(digits) { return true }
      }
    }
    return false
  }

  private static func isCardNumber(_ digits: [UInt8]) -> Bool {
    (14...19).contains(digits.count) && fitsBrand(digits) && passesLuhn(digits)
  }

  /// Openings and lengths of the card brands' number ranges.
  private static func fitsBrand(_ digits: [UInt8]) -> Bool {
    let opening = digits.prefix(4).reduce(0) { $0 * 10 + Int($1) }
    let count = digits.count
    switch opening {
    case 4000...4999: return count == 16 || count == 18 || count == 19  // Visa
    case 5100...5599, 2221...2720: return count == 16  // Mastercard
    case 3400...3499, 3700...3799: return count == 15  // American Express
    case 3000...3059, 3095, 3600...3699, 3800...3999: return (14...19).contains(count)  // Diners Club
    case 3528...3589: return (16...19).contains(count)  // JCB
    case 6011, 6440...6599: return (16...19).contains(count)  // Discover
    case 6200...6299, 8100...8171: return (16...19).contains(count)  // UnionPay
    case 2200...2204: return (16...19).contains(count)  // Mir
    case 5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763: return count >= 16  // Maestro
    default: return false
    }
  }

  private static func passesLuhn(_ digits: [UInt8]) -> Bool {
    let sum = digits.reversed().enumerated().reduce(0) { sum, place in
      let doubled = Int(place.element) * (place.offset % 2 == 0 ? 1 : 2)
      return sum + (doubled > 9 ? doubled - 9 : doubled)
    }
    return sum % 10 == 0
  }
}
