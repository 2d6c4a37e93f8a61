package import FolioBilling

/// Two hours of the day, in UTC.
package struct HourWindow: Hashable, Sendable {
  /// 0 to 23; a window that starts at 23 ends at 1.
  package let startHour: Int
  package let messages: Int64

  /// `09:00-11:00`.
  package var text: String { Self.clock(startHour) + "-" + Self.clock((startHour + 2) % 24) }

  private static func clock(_ hour: Int) -> String { (hour < 10 ? "0" : "") + String(hour) + ":00" }

  fileprivate func overlaps(_ other: HourWindow) -> Bool {
    let distance = abs(startHour - other.startHour)
    return min(distance, 24 - distance) < 2
  }
}

/// When most messages flow.
package enum PeakHours {
  /// The two windows of two hours with most messages that do not overlap, the busier one first.
  ///
  /// Of equal windows the earlier wins. A window without messages is none. A day has 24 hours, in UTC.
  package static func windows(byHourOfDay messages: [Int64]) throws(ArithmeticOverflow) -> [HourWindow] {
    precondition(messages.count == 24, "a day has 24 hours")
    var windows: [HourWindow] = []
    for hour in 0..<24 {
      let (sum, overflowed) = messages[hour].addingReportingOverflow(messages[(hour + 1) % 24])
      if overflowed { throw ArithmeticOverflow() }
      if sum > 0 { windows.append(HourWindow(startHour: hour, messages: sum)) }
    }
    windows.sort { $0.messages == $1.messages ? $0.startHour < $1.startHour : $0.messages > $1.messages }
    guard let first = windows.first else { return [] }
    return [first] + windows.filter { !$0.overlaps(first) }.prefix(1)
  }
}
