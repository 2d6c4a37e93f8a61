package import FolioBilling
import JSON
import OperatingSystem

/// What an import assumes where a file does not say.
package struct ImportOptions: Sendable {
  /// Who vouches for the facts: with an event's id, its identity.
  package let source: String
  /// Whom facts are about that name no customer.
  package let customer: CustomerID?
  /// The currency of amounts that come without one.
  package let currency: Currency
  /// The time of usage rows, for a correction; nil takes the end of each day's newest hour.
  package let usageTime: Timestamp?
  /// Whether the valid rest of a file is kept when something in it is refused.
  package let keepsGoing: Bool

  package init(
    source: String, customer: CustomerID?, currency: Currency, usageTime: Timestamp? = nil,
    keepsGoing: Bool = false
  ) {
    self.source = source
    self.customer = customer
    self.currency = currency
    self.usageTime = usageTime
    self.keepsGoing = keepsGoing
  }
}

/// Why a file cannot be read at all.
package enum ImportError: Error, Equatable, Sendable {
  /// A folder or a pipe: a file is read twice, to recognise it and to take it.
  case notARegularFile(path: String)
}

/// Brings files into a store: each is recognised by its shape and is one transaction.
package struct FileImporter {
  private let store: BillingStore
  private let options: ImportOptions
  private let receivedAt: Timestamp

  package init(store: BillingStore, options: ImportOptions, receivedAt: Timestamp) {
    self.store = store
    self.options = options
    self.receivedAt = receivedAt
  }

  /// The longest line of a file of events: room for 10,000 readings with long names.
  package static let lineBytesLimit = 8 << 20
  /// The largest document that is no list of lines.
  package static let documentBytesLimit = 64 << 20

  /// Imports one file.
  ///
  /// - Parameter progress: gets the number of lines read, now and then.
  /// - Throws: `ImportError`, `SystemError`, `SQLiteError`, `FileLockError`, `StoredValueError`; what the file itself has wrong is
  ///   in the report.
  package func importFile(_ path: String, progress: (Int) -> Void = { _ in }) throws -> FileImportReport {
    guard try Files.status(path, followingSymbolicLinks: true).isRegular else {
      throw ImportError.notARegularFile(path: path)
    }
    guard let first = try firstLine(of: path) else { return try importDocument(path) }
    if first.elementsEqual(UsageCSV.header.utf8) { return try importRows(path, progress) }
    if isWholeObject(first) { return try importLines(path, progress) }
    return try importDocument(path)
  }

  private func makeReader(_ path: String) throws -> LineReader {
    try LineReader(path: path, lineBytesLimit: Self.lineBytesLimit, stripsCarriageReturn: true)
  }

  /// The first line, or nil when it is longer than a line may be: then the file is one document.
  private func firstLine(of path: String) throws -> [UInt8]? {
    var reader = try makeReader(path)
    do throws(LineReaderError) {
      return Array(try reader.nextLine() ?? [])
    } catch {
      if case .lineTooLong = error { return nil }
      throw error
    }
  }

  private func isWholeObject(_ line: [UInt8]) -> Bool {
    do throws(JSONSyntaxError) {
      guard case .object(let object) = try JSONParser.parse(line) else { return false }
      if case .object? = object["data"] { return true }
      return object["type"] != nil
    } catch {
      // A document that is laid out over lines ends too early; any other broken line is one of events.
      if case .unexpectedEnd = error.reason { return false }
      return line.first == UInt8(ascii: "{")
    }
  }
}

extension FileImporter {
  private func importRows(_ path: String, _ progress: (Int) -> Void) throws -> FileImportReport {
    var report = FileImportReport(path: path, kind: .usageRows)
    var rows = UsageCSV()
    var reader = try makeReader(path)
    _ = try reader.nextLine()
    while let line = try nextLine(&reader, &report) {
      if line.isEmpty { continue }
      do throws(FieldError) {
        try rows.take(line, number: reader.lineNumber)
      } catch {
        report.note(ImportProblem(line: reader.lineNumber, reason: .field(error)))
      }
      if reader.lineNumber % 4_096 == 0 { progress(reader.lineNumber) }
    }
    let events = rows.events(source: options.source, time: options.usageTime)
    return try apply(report) { report, take in
      for event in events { try take(event, ImportPlace(), &report) }
    }
  }

  private func importLines(_ path: String, _ progress: (Int) -> Void) throws -> FileImportReport {
    try apply(FileImportReport(path: path, kind: .events)) { report, take in
      var reader = try makeReader(path)
      while let line = try nextLine(&reader, &report) {
        if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) { continue }
        do {
          let value = try JSONParser.parse(line)
          let event = try ReceivedEvent(value, source: options.source, customerID: options.customer)
          try take(event, ImportPlace(line: reader.lineNumber), &report)
        } catch let error as JSONSyntaxError {
          report.note(ImportProblem(line: reader.lineNumber, reason: .syntax(error)))
        } catch let error as FieldError {
          report.note(ImportProblem(line: reader.lineNumber, reason: .field(error)))
        }
        if reader.lineNumber % 256 == 0 { progress(reader.lineNumber) }
      }
    }
  }

  private func nextLine(
    _ reader: inout LineReader, _ report: inout FileImportReport
  ) throws -> ArraySlice<UInt8>? {
    do throws(LineReaderError) {
      return try reader.nextLine()
    } catch {
      switch error {
      case .lineTooLong(_, let line, let limit):
        report.note(ImportProblem(line: line, reason: .lineTooLong(bytesLimit: limit)))
        report.isCutShort = true
        return nil
      case .system: throw error
      }
    }
  }

  /// One event, a list of events, or an answer of the API, laid out over lines.
  private func importDocument(_ path: String) throws -> FileImportReport {
    var report = FileImportReport(path: path, kind: .events)
    do {
      let bytes = try Files.read(path, bytesLimit: Self.documentBytesLimit)
      // Neither an object nor a list opens like this: what the parser would say of it helps nobody.
      if let first = bytes.first(where: { !" \t\r\n".utf8.contains($0) }), first != UInt8(ascii: "{"),
        first != UInt8(ascii: "[")
      {
        throw FieldError(path: "", expected: .knownShape, found: nil)
      }
      switch try JSONParser.parse(bytes) {
      case .array(let values):
        return try apply(report) { report, take in try takeEvents(values, isList: true, &report, take) }
      case .object(let object) where object["type"] != nil:
        return try apply(report) { report, take in
          try takeEvents([.object(object)], isList: false, &report, take)
        }
      case .object(let object): return try importAnswer(path, object)
      default: throw FieldError(path: "", expected: .knownShape, found: nil)
      }
    } catch let error as JSONSyntaxError {
      report.note(ImportProblem(line: error.line, reason: .syntax(error)))
    } catch let error as FieldError {
      report.note(ImportProblem(line: nil, reason: .field(error)))
    }
    report.isKept = false
    return report
  }

  private func takeEvents(
    _ values: [JSONValue], isList: Bool, _ report: inout FileImportReport,
    _ take: (ReceivedEvent, ImportPlace, inout FileImportReport) throws -> Void
  ) throws {
    for (index, value) in values.enumerated() {
      let place = ImportPlace(element: isList ? index : nil)
      do {
        let event = try ReceivedEvent(value, source: options.source, customerID: options.customer)
        try take(event, place, &report)
      } catch let error as FieldError {
        report.note(ImportProblem(line: nil, element: place.element, reason: .field(error)))
      }
    }
  }

  private func importAnswer(_ path: String, _ object: JSONObject) throws -> FileImportReport {
    guard let answer = APIAnswer(recognising: object) else {
      if let place = CardDataScan.firstFinding(in: .object(object)) {
        throw FieldError(path: place, expected: .noCardData, found: nil)
      }
      return FileImportReport(path: path, kind: .derived(object))
    }
    let events = try answer.events(
      in: object, customer: options.customer, currency: options.currency, source: options.source)
    return try apply(FileImportReport(path: path, kind: .answer(answer))) { report, take in
      for event in events { try take(event, ImportPlace(), &report) }
    }
  }

  /// Runs `body` in the file's one transaction, which does not stay when something was refused, unless told to.
  ///
  /// What had to wait is told by how it stands at the end: its subject may have come later in the file.
  private func apply(
    _ initial: FileImportReport,
    _ body: (inout FileImportReport, (ReceivedEvent, ImportPlace, inout FileImportReport) throws -> Void)
      throws ->
      Void
  ) throws -> FileImportReport {
    var report = initial
    do {
      try store.write(receivedAt: receivedAt, origin: report.path) { log in
        var waiting: [(id: EventID, place: ImportPlace)] = []
        try body(&report) { event, place, report in
          let outcome = try log.apply(event)
          if case .waiting = outcome {
            waiting.append((event.id, place))
          } else {
            report.note(outcome, at: place)
          }
        }
        for (id, place) in waiting {
          report.note(try log.outcome(ofWaiting: id, from: options.source), at: place)
        }
        if report.isCutShort || report.refused > 0 && !options.keepsGoing { throw NothingKept() }
      }
    } catch is NothingKept {
      report.isKept = false
      (report.applied, report.repeated, report.conflicts, report.waiting) = (0, 0, 0, [:])
    }
    return report
  }

  /// Takes a transaction back.
  private struct NothingKept: Error {}
}
