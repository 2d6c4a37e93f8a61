import FolioBilling

/// The fields of a subject that have a value at some time, in the order in which people read them.
struct AuditData: Equatable {
  typealias Pair = (field: AuditField, value: AuditValue?)

  private(set) var details: [AuditDetail] = []

  /// Takes pairs of distinct fields; what is nil or an empty text is no value.
  init(_ pairs: [Pair] = []) {
    details.reserveCapacity(pairs.count)
    for pair in pairs {
      if let value = pair.value, !value.isEmpty { details.append(AuditDetail(pair.field, value)) }
    }
  }

  /// These fields and then those.
  static func + (left: Self, right: Self) -> Self {
    var sum = left
    sum.details += right.details
    return sum
  }

  subscript(field: AuditField) -> AuditValue? { details.first { $0.field == field }?.value }

  /// The fields whose values differ, those that are gone last.
  ///
  /// - Complexity: O(*n*²) in the number of fields, which is small.
  func changes(since earlier: AuditData) -> [AuditChange] {
    let changed = details.compactMap { detail -> AuditChange? in
      let before = earlier[detail.field]
      return before == detail.value ? nil : AuditChange(detail.field, before: before, after: detail.value)
    }
    let gone = earlier.details.filter { self[$0.field] == nil }
    return changed + gone.map { AuditChange($0.field, before: $0.value, after: nil) }
  }
}

extension AuditValue {
  fileprivate var isEmpty: Bool {
    switch self {
    case .text(let text), .code(let text), .address(let text): text.utf8.isEmpty
    case .texts(let texts): texts.isEmpty
    case .percents(let percents): percents.isEmpty
    case .discounts(let discounts): discounts.isEmpty
    default: false
    }
  }

  static func text(_ text: String?) -> AuditValue? { text.map { AuditValue.text($0) } }
  static func code(_ text: String?) -> AuditValue? { text.map { AuditValue.code($0) } }
  static func address(_ text: String?) -> AuditValue? { text.map { AuditValue.address($0) } }
  static func money(_ money: Money?) -> AuditValue? { money.map { AuditValue.money($0) } }
  static func unitPrice(_ price: UnitPrice?) -> AuditValue? { price.map { AuditValue.unitPrice($0) } }
  static func tiers(_ price: TieredPrice?) -> AuditValue? { price.map { AuditValue.tiers($0) } }
  static func rate(_ rate: ExactDecimal?) -> AuditValue? { rate.map { AuditValue.rate($0) } }
  static func count(_ count: Int64?) -> AuditValue? { count.map { AuditValue.count($0) } }
  static func date(_ date: CalendarDate?) -> AuditValue? { date.map { AuditValue.date($0) } }
  static func month(_ month: CalendarMonth?) -> AuditValue? { month.map { AuditValue.month($0) } }
  static func instant(_ instant: Timestamp?) -> AuditValue? { instant.map { AuditValue.instant($0) } }
}

/// An entry before its event's identity is added to it.
struct AuditDraft {
  let subject: AuditSubject
  let name: String?
  let isFirst: Bool
  let details: [AuditDetail]
  let changes: [AuditChange]

  init(
    _ subject: AuditSubject, name: String? = nil, isFirst: Bool = false, from before: AuditData = AuditData(),
    to after: AuditData = AuditData(), details: AuditData = AuditData()
  ) {
    self.subject = subject
    self.name = name
    self.isFirst = isFirst
    self.details = details.details
    changes = after.changes(since: before)
  }
}
