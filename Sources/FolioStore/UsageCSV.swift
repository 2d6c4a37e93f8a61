package import FolioBilling
import JSON

/// Turns usage rows into events, one a customer and day, named by the hash of their rows.
package struct UsageCSV {
  /// The columns, in the order of the file's first line.
  package static let header = "customer_id,partner_id,timestamp,direction,messages,failed,bytes"

  private struct Row {
    let reading: UsageReading
    /// As the file has it: rows of two instants in one hour do not repeat each other.
    let instant: Timestamp?
    let line: Int
  }

  private struct Day: Hashable {
    let customer: CustomerID
    let date: CalendarDate
  }

  private var slots: [Day: [UsageSlot: Row]] = [:]
  /// How many rows were taken.
  package private(set) var rowCount = 0

  package init() {}

  /// Takes one row.
  ///
  /// - Throws: `FieldError` whose path is the column; `.noConflict` names the line of the other value.
  package mutating func take(_ line: ArraySlice<UInt8>, number: Int) throws(FieldError) {
    let cells = try cells(of: line)
    for cell in cells[3..<6] where CardDataScan.holdsCardNumber(cell) {
      throw FieldError(path: "row", expected: .noCardData, found: nil)
    }
    let customer: CustomerID = try identifier(cells[0], "customer_id")
    let reading = try reading(cells)
    let day = Day(customer: customer, date: reading.hour.date)
    let row = Row(reading: reading, instant: Timestamp(cells[2]), line: number)
    if let other = slots[day]?[reading.slot],
      other.reading.counts != reading.counts || other.instant != row.instant
    {
      throw FieldError(
        path: "messages", expected: .noConflict(otherLine: other.line),
        found: cells[4...].joined(separator: ","))
    }
    slots[day, default: [:]][reading.slot] = row
    rowCount += 1
  }

  /// The events of the rows taken, in order of customers and days.
  ///
  /// - Parameter time: the events' own time, for a correction; nil takes the end of each one's newest hour.
  package func events(source: String, time: Timestamp?) -> [ReceivedEvent] {
    let days = slots.keys.sorted { left, right in
      left.customer == right.customer ? left.date < right.date : left.customer < right.customer
    }
    return days.flatMap { day -> [ReceivedEvent] in
      let readings = (slots[day] ?? [:]).values.map(\.reading).sorted { $0.slot < $1.slot }
      return stride(from: 0, to: readings.count, by: readingsLimit).map { start in
        let part = Array(readings[start..<min(start + readingsLimit, readings.count)])
        let name = Array((day.customer.text + "\n" + (time?.text ?? "") + "\n").utf8)
        return ReceivedEvent(
          usage: part, of: day.customer, id: makeEventID("csv", name + PackedReadings.pack(part)), time: time,
          source: source)
      }
    }
  }

  private func reading(_ cells: [String]) throws(FieldError) -> UsageReading {
    let partner: PartnerID = try identifier(cells[1], "partner_id")
    guard let instant = Timestamp(cells[2]) else {
      throw FieldError(path: "timestamp", expected: .timestamp, found: glimpse(cells[2]))
    }
    guard let direction = Direction(rawValue: cells[3]) else {
      throw FieldError(
        path: "direction", expected: .oneOf(Direction.allCases.map(\.rawValue)), found: glimpse(cells[3]))
    }
    let counts = UsageCounts(
      messages: try count(cells[4], "messages"), failed: try count(cells[5], "failed"),
      bytes: try count(cells[6], "bytes"))
    guard counts.failed <= counts.messages else {
      throw FieldError(path: "failed", expected: .failedWithinMessages, found: cells[5])
    }
    return UsageReading(partnerID: partner, direction: direction, hour: instant.hour, counts: counts)
  }

  private func identifier<Subject>(_ text: String, _ column: String) throws(FieldError) -> Identifier<Subject>
  {
    do { return try Identifier(text) } catch {
      throw FieldError(path: column, expected: .identifier, found: glimpse(text))
    }
  }

  private func count(_ text: String, _ column: String) throws(FieldError) -> Int64 {
    do {
      let decimal = try ExactDecimal(text)
      if decimal.scale == 0, (0...countLimit).contains(decimal.coefficient) { return decimal.coefficient }
    } catch {}
    throw FieldError(path: column, expected: .wholeNumber(least: 0, most: countLimit), found: glimpse(text))
  }

  /// The cells of a line; none of the columns needs quotes, and quotes around a cell are taken off.
  private func cells(of line: ArraySlice<UInt8>) throws(FieldError) -> [String] {
    guard let text = String(validating: line, as: UTF8.self) else {
      throw FieldError(path: "row", expected: .text(mostBytes: 1_024), found: "bytes that are not UTF-8")
    }
    let cells = text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { cell in
      let quoted = cell.count >= 2 && cell.first == UInt8(ascii: "\"") && cell.last == UInt8(ascii: "\"")
      return String(Substring(quoted ? cell.dropFirst().dropLast() : cell))
    }
    guard cells.count == 7 else {
      throw FieldError(path: "row", expected: .column, found: String(cells.count))
    }
    return cells
  }
}

private func glimpse(_ text: String) -> String { "\"" + FolioStore.glimpse(of: text) + "\"" }
