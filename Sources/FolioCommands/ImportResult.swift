import FolioPortal
import FolioStore
import JSON

/// What became of one imported file, in words and as JSON.
struct ImportResult {
  /// What an answer of derived figures says otherwise than the rules; nil for facts.
  let differences: [Difference]?
  let report: FileImportReport

  func say(to console: Console) {
    console.say("\(report.path): \(summary)")
    for (subject, count) in report.waiting.sorted(by: { $0.key < $1.key }) {
      console.say("  \(count) waiting for \(subject)")
    }
    for problem in report.problems {
      console.say("  " + ErrorPresentation.text(for: problem, in: report.path))
    }
    if report.refused > report.problems.count {
      console.say("  and \(report.refused - report.problems.count) more")
    }
    for difference in differences ?? [] {
      console.say(
        "  \(difference.path): stated \(difference.stated), by the rules \(difference.computed ?? "nothing")")
    }
  }

  private var summary: String {
    if let differences {
      return "derived figures, nothing stored; \(differences.count) differ from the rules"
    }
    if !report.isKept {
      return "nothing kept, \(report.refused) refused"
    }
    let waiting = report.waiting.values.reduce(0, +)
    let counts = [
      (report.applied, "taken"), (report.repeated, "repeated"), (waiting, "waiting"),
      (report.conflicts, "in conflict with an event of the same id, which stays"),
      (report.refused, "refused"),
    ]
    let told = counts.filter { $0.0 > 0 || $0.1 == "taken" }.map { "\($0.0) \($0.1)" }
    return told.joined(separator: ", ") + " (\(kindName))"
  }

  private var kindName: String {
    switch report.kind {
    case .events: "events"
    case .usageRows: "usage rows, one event a customer and day"
    case .answer(let answer): "answer '\(answer.rawValue)'"
    case .derived: "derived figures"
    }
  }

  static func json(_ results: [ImportResult]) -> [UInt8] {
    var writer = JSONWriter(style: .pretty)
    writer.beginObject()
    writer.key("files")
    writer.beginArray()
    for result in results { result.write(to: &writer) }
    writer.endArray()
    writer.endObject()
    writer.endDocument()
    return writer.bytes
  }

  private func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("path")
    writer.string(report.path)
    writer.key("kept")
    writer.bool(report.isKept)
    let counts = [
      ("taken", report.applied), ("repeated", report.repeated), ("conflicts", report.conflicts),
      ("waiting", report.waiting.values.reduce(0, +)), ("refused", report.refused),
    ]
    for (name, count) in counts {
      writer.key(name)
      writer.integer(Int64(count))
    }
    writer.key("problems")
    writer.beginArray()
    for problem in report.problems { write(problem, to: &writer) }
    writer.endArray()
    writer.key("differences")
    writer.beginArray()
    for difference in differences ?? [] { write(difference, to: &writer) }
    writer.endArray()
    writer.endObject()
  }

  private func write(_ problem: ImportProblem, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("line")
    if let line = problem.line { writer.integer(Int64(line)) } else { writer.null() }
    writer.key("message")
    writer.string(ErrorPresentation.text(for: problem, in: report.path))
    writer.endObject()
  }

  private func write(_ difference: Difference, to writer: inout JSONWriter) {
    writer.beginObject()
    for (name, text) in [("path", difference.path), ("stated", difference.stated)] {
      writer.key(name)
      writer.string(text)
    }
    writer.key("computed")
    if let computed = difference.computed { writer.string(computed) } else { writer.null() }
    writer.endObject()
  }
}
