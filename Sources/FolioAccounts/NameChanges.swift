package import FolioBilling

/// When the names that pages print changed, and the departments of partners, by the audit trail.
///
/// Other fields of a customer or a partner are on no page of a closed month, so they date none.
package struct NameChanges {
  private struct DepartmentChange {
    let from: CalendarDate
    let at: Timestamp

    /// Whether the department holds in a month, and no later one for the whole of it.
    func dates(_ month: CalendarMonth, of partner: Partner) -> Bool {
      guard from.month <= month else { return false }
      return partner.departments.first { $0.from > from }.map { $0.from > month.firstDay } ?? true
    }
  }

  private let names: [AuditSubject: Timestamp]
  private let departments: [PartnerID: [DepartmentChange]]

  package init(_ audit: [AuditEntry]) {
    var names: [AuditSubject: Timestamp] = [:]
    var departments: [PartnerID: [DepartmentChange]] = [:]
    for entry in audit {
      guard let time = entry.time else { continue }
      if entry.changes(.name) { names[entry.subject] = max(names[entry.subject] ?? time, time) }
      if case .partner(let id) = entry.subject, entry.changes(.department), let from = entry.departmentFrom {
        departments[id, default: []].append(DepartmentChange(from: from, at: time))
      }
    }
    (self.names, self.departments) = (names, departments)
  }

  /// When the customer was last given another name; nil where nothing dates one.
  package var ofCustomer: Timestamp? { names[.customer] }

  /// When the name that a month prints of a partner last changed, or the department to which its cost of the month
  /// goes; nil where neither did. A department dates the months from its day to the next one's.
  func latest(of partner: Partner, in month: CalendarMonth) -> Timestamp? {
    var latest = names[.partner(partner.id)]
    for change in departments[partner.id] ?? [] where change.dates(month, of: partner) {
      latest = max(latest ?? change.at, change.at)
    }
    return latest
  }
}

extension AuditEntry {
  fileprivate func changes(_ field: AuditField) -> Bool { changes.contains { $0.field == field } }

  /// The day from which the department holds.
  fileprivate var departmentFrom: CalendarDate? {
    guard case .date(let day)? = details.first(where: { $0.field == .departmentFrom })?.value else {
      return nil
    }
    return day
  }
}
