import FolioBilling
import Markup

/// Days, months and times.
extension LocalePrinter {
  func append(_ date: CalendarDate, into buffer: inout ByteBuffer) {
    let (year, month, day) = date.components
    table.date.append(into: &buffer) { place, buffer in
      switch place {
      case 0: buffer.append(decimal: Int64(day))
      case 1: buffer.append(table.shortMonths[month - 1])
      default: buffer.append(decimal: Int64(year))
      }
    }
  }

  func append(dayAndMonth date: CalendarDate, into buffer: inout ByteBuffer) {
    let (_, month, day) = date.components
    table.dayAndMonth.append(into: &buffer) { place, buffer in
      if place == 0 {
        buffer.append(decimal: Int64(day))
      } else {
        buffer.append(table.shortMonths[month - 1])
      }
    }
  }

  func append(_ month: CalendarMonth, into buffer: inout ByteBuffer) {
    table.monthAndYear.append(into: &buffer) { place, buffer in
      if place == 0 {
        buffer.append(table.months[month.month - 1])
      } else {
        buffer.append(decimal: Int64(month.year))
      }
    }
  }

  func append(_ instant: Timestamp, into buffer: inout ByteBuffer) {
    table.instant.append(into: &buffer) { place, buffer in
      if place == 0 { append(instant.date, into: &buffer) } else { append(timeOf: instant, into: &buffer) }
    }
  }

  func append(timeOf instant: Timestamp, into buffer: inout ByteBuffer) {
    let minutes = (instant.secondsSinceEpoch - instant.date.start.secondsSinceEpoch) / 60
    table.time.append(into: &buffer) { place, buffer in
      buffer.append(decimal: place == 0 ? minutes / 60 : minutes % 60, paddedTo: 2)
    }
  }
}
