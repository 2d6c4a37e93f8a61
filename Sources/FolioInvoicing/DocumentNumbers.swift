import FolioBilling
import FolioRating
import FolioStore

/// The next numbers of a series, found in the transaction that uses them.
///
/// The series is read once; within a transaction one look says whether the next number is still free. Where
/// another process took it the series is read again.
struct DocumentNumbers {
  private let kind: DocumentKind
  private let format: InvoiceNumberFormat
  private var known: Known?

  private struct Known {
    let year: Int
    var next: Int64
    var newest: Timestamp?
  }

  init(_ kind: DocumentKind, _ format: InvoiceNumberFormat) {
    self.kind = kind
    self.format = format
  }

  /// The number and the date of a document that is issued now; call inside the transaction that issues it.
  ///
  /// - Throws: `InvoicingError.datedBeforeSeries`.
  mutating func next(
    at time: IssueTime, reading reader: StatementReader
  ) throws -> (number: String, date: Timestamp) {
    let year = time.instant.date.components.year
    var series = try known ?? read(year, reader)
    if try series.year != year || isTaken(series, reader) { series = try read(year, reader) }
    while try isTaken(series, reader) { series.next += 1 }
    known = series
    return (format.number(year: year, sequence: series.next), try date(time, series))
  }

  /// Records that the transaction with the number is in the store.
  mutating func keep(_ date: Timestamp) {
    known?.next += 1
    known?.newest = date
  }

  private func isTaken(_ series: Known, _ reader: StatementReader) throws -> Bool {
    try reader.isTaken(format.number(year: series.year, sequence: series.next), by: kind)
  }

  private func read(_ year: Int, _ reader: StatementReader) throws -> Known {
    let series = try reader.series(of: kind, opening: format.prefix(year: year))
    return Known(year: year, next: series.highest + 1, newest: series.newest)
  }

  private func date(_ time: IssueTime, _ series: Known) throws(InvoicingError) -> Timestamp {
    guard let newest = series.newest, time.instant < newest else { return time.instant }
    if case .now(let now) = time, now.date == newest.date { return newest }
    throw .datedBeforeSeries(
      prefix: format.prefix(year: series.year), newest: newest, issuedAt: time.instant)
  }
}
