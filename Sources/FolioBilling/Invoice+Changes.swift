// When what is said of an invoice changed what pages print: at its own date or, where it was dated back, when the
// event that said so took place.

extension Payment {
  /// The later of its date and its event's; nil where nothing dates it.
  package var changedAt: Timestamp? { [at, recordedAt].compactMap(\.self).max() }
}

extension Refund {
  /// The later of its date and its event's.
  package var changedAt: Timestamp { max(refundedAt, recordedAt ?? refundedAt) }
}

extension CreditNote {
  /// The later of its date and its event's.
  package var changedAt: Timestamp { max(issuedAt, recordedAt ?? issuedAt) }
}

extension InvoiceClosing {
  /// The later of its date and its event's.
  package var changedAt: Timestamp { max(at, recordedAt ?? at) }
}
