import Charting
import FolioAccounts
import FolioBilling
import Templating

/// When messages are exchanged: the hours of the week over the last 90 days, as a table whose cells are shaded.
struct HoursFigure {
  let facts: AccountFacts
  let messages: MessageCatalog

  private static let weekdayKeys = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  /// Nil where no reading lies in the 90 days.
  func figure() throws -> Figure? {
    guard let usage = facts.statement.recentUsage, let busiest = busiest(of: usage) else { return nil }
    let scale = HeatScale(greatest: busiest.messages)
    return Figure(
      id: "hours", title: try messages.text("usage.hours.title"),
      subtitle: try messages.sentence(
        "usage.hours.sub", count: busiest.messages,
        [
          "day": .text(messages.locale.weekdays[busiest.hour / 24]),
          "hour": .text(hourText(busiest.hour % 24)), "messages": .count(busiest.messages),
          "start": .instant(usage.period.start), "end": .instant(usage.period.end),
        ]),
      table: FigureTable(
        columns: try columns(), rows: (0..<24).map { row(of: $0, usage.messagesByHourOfWeek, scale) },
        style: "heat"),
      isOpen: true)
  }

  /// The hour of the week with most messages, of equals the first; nil where there are none.
  private func busiest(of usage: RecentUsage) -> (hour: Int, messages: Int64)? {
    var found: (hour: Int, messages: Int64)?
    for (hour, count) in usage.messagesByHourOfWeek.enumerated() where count > found?.messages ?? 0 {
      found = (hour, count)
    }
    return found
  }

  /// The days of the week in the language's order, 0 for Monday.
  private var days: [Int] { (0..<7).map { ($0 + messages.locale.firstWeekday - 1) % 7 } }

  private func columns() throws -> [FigureColumn] {
    [try messages.column("hour", "usage.hours.hour")]
      + days.map { day in FigureColumn(key: Self.weekdayKeys[day], label: messages.locale.shortWeekdays[day])
      }
  }

  private func row(of hour: Int, _ counts: [Int64], _ scale: HeatScale) -> FigureRow {
    let counts = days.map { counts[$0 * 24 + hour] }
    return FigureRow(
      values: [.text(hourText(hour))] + counts.map { .count($0) },
      styles: ColumnValues(counts.enumerated().map { ($0.offset + 1, scale.className(of: $0.element)) }))
  }

  private func hourText(_ hour: Int) -> String { (hour < 10 ? "0" : "") + "\(hour):00" }
}
