/// A name that a system gave to a subject: 1 to 64 ASCII letters, digits, `_` and `-`, not opening with `-`.
///
/// The bytes decide equality and order. Because only ASCII is admitted, no two spellings that Unicode calls
/// equal can name two subjects, and an identifier is safe as a file name.
///
/// `Subject` keeps the identifiers of customers, partners and invoices apart at compile time.
package struct Identifier<Subject>: Hashable, Comparable, Sendable {
  /// The identifier's text, ASCII only.
  package let text: String

  /// Takes a text that is a valid identifier.
  ///
  /// - Throws: `IdentifierError` when the text breaks the pattern.
  package init(_ text: String) throws(IdentifierError) {
    if let reason = identifierFault(in: text) { throw reason }
    self.text = text
  }

  // Of ASCII texts Swift compares and hashes the bytes, and that faster than a loop over them.
  package static func == (left: Self, right: Self) -> Bool { left.text == right.text }

  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

/// Why a text is no identifier.
package enum IdentifierError: Error, Equatable, Sendable {
  case empty
  case tooLong(bytes: Int, limit: Int)
  case forbiddenByte(offset: Int)
}

/// The longest identifier, in bytes.
package let identifierBytesLimit = 64

private func identifierFault(in text: String) -> IdentifierError? {
  let bytes = text.utf8.span
  if bytes.isEmpty { return .empty }
  if bytes.count > identifierBytesLimit { return .tooLong(bytes: bytes.count, limit: identifierBytesLimit) }
  for offset in bytes.indices where !isIdentifierByte(bytes[offset], first: offset == 0) {
    return .forbiddenByte(offset: offset)
  }
  return nil
}

private func isIdentifierByte(_ byte: UInt8, first: Bool) -> Bool {
  switch byte {
  case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
    true
  case UInt8(ascii: "-"): !first
  default: false
  }
}

/// The kinds of subject that an identifier can name.
package enum Subjects {
  package enum CustomerSubject {}
  package enum PartnerSubject {}
  package enum PlanSubject {}
  package enum SubscriptionSubject {}
  package enum PaymentMethodSubject {}
  package enum InvoiceSubject {}
  package enum CreditNoteSubject {}
  package enum RefundSubject {}
  package enum BudgetSubject {}
  package enum AlertSubject {}
  package enum ReportSubject {}
  package enum NoticeSubject {}
  package enum EventSubject {}
}

package typealias CustomerID = Identifier<Subjects.CustomerSubject>
package typealias PartnerID = Identifier<Subjects.PartnerSubject>
package typealias PlanID = Identifier<Subjects.PlanSubject>
package typealias SubscriptionID = Identifier<Subjects.SubscriptionSubject>
package typealias PaymentMethodID = Identifier<Subjects.PaymentMethodSubject>
package typealias InvoiceID = Identifier<Subjects.InvoiceSubject>
package typealias CreditNoteID = Identifier<Subjects.CreditNoteSubject>
package typealias RefundID = Identifier<Subjects.RefundSubject>
package typealias BudgetID = Identifier<Subjects.BudgetSubject>
package typealias AlertID = Identifier<Subjects.AlertSubject>
package typealias ReportID = Identifier<Subjects.ReportSubject>
package typealias NoticeID = Identifier<Subjects.NoticeSubject>
package typealias EventID = Identifier<Subjects.EventSubject>
