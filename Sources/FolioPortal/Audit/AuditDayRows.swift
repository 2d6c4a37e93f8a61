import FolioBilling
import Templating

/// Days of usage as rows of a page: values are made for the tags that show them, since a portal has a row a day.
final class AuditDayRows: TemplateTable {
  private let days: [AuditDay]
  private let names = AuditDayNames.all

  /// Whether some day tells through when usage is complete.
  let hasCompletion: Bool

  init(_ entries: [AuditEntry]) {
    days = entries.map(AuditDay.init)
    hasCompletion = entries.contains { !$0.changes.isEmpty }
  }

  var count: Int { days.count }

  /// Days differ in their values alone where they tell the same ones.
  func shape(of row: Int) -> RowShape? {
    let day = days[row]
    var number: UInt128 = (day.reports == nil ? 0 : 1) | (day.readings == nil ? 0 : 2)
    number |= (day.messages == nil ? 0 : 4) | (day.failedMessages == nil ? 0 : 8)
    number |= (day.completeThrough == nil ? 0 : 16) | (day.date == nil ? 0 : 32) | (hasCompletion ? 64 : 0)
    return RowShape(number, names.variation)
  }

  func value(of name: TemplateName, in row: Int) -> TemplateValue? {
    switch name {
    case names.anchor: .text(days[row].anchor)
    case names.date: .date(days[row].date)
    case names.reports: .count(days[row].reports)
    case names.readings: .count(days[row].readings)
    case names.messages: .count(days[row].messages)
    case names.failed: .count(days[row].failedMessages)
    case names.completeThrough: .instant(days[row].completeThrough)
    case names.hasCompletion: .bool(hasCompletion)
    default: nil
    }
  }
}

/// The names of a day's values, looked up once for the whole run: a tag asks for one of them in each row.
private struct AuditDayNames {
  static let all = AuditDayNames()

  let anchor = TemplateName.anchor
  let date = TemplateName.date
  let reports = TemplateName.reports
  let readings = TemplateName.readings
  let messages = TemplateName.messages
  let failed = TemplateName.failed
  let completeThrough = TemplateName.completeThrough
  let hasCompletion = TemplateName.hasCompletion
  let variation = RowVariation([
    .anchor, .date, .reports, .readings, .messages, .failed, .completeThrough,
  ])
}

/// What the entry of a day tells, found in one walk; nil for what it does not.
private struct AuditDay {
  let anchor: String
  let date: CalendarDate?
  private(set) var reports: Int64?
  private(set) var readings: Int64?
  private(set) var messages: Int64?
  private(set) var failedMessages: Int64?
  private(set) var completeThrough: Timestamp?

  init(_ entry: AuditEntry) {
    anchor = entry.anchor
    date = entry.time?.date
    for detail in entry.details {
      guard case .count(let count) = detail.value else { continue }
      take(count, of: detail.field)
    }
    for change in entry.changes {
      if case .instant(let time)? = change.after, case .completeThrough = change.field {
        completeThrough = time
      }
    }
  }

  private mutating func take(_ count: Int64, of field: AuditField) {
    // A switch, since `==` would compare the fields' spellings.
    switch field {
    case .reports: reports = count
    case .readings: readings = count
    case .messages: messages = count
    case .failedMessages: failedMessages = count
    default: break
    }
  }
}
