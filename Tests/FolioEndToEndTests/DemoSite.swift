import FolioTestSupport
import Foundation
import JSON
import Testing

/// A demo as its feeds and pages tell it.
struct DemoSite: Sendable {
  /// By customer, then by path.
  let feeds: [String: [String: JSONValue]]
  let pages: [String: [String: String]]
  /// The number of credit notes and their dates, in order of numbers.
  let creditNotes: [(number: String, date: Int64)]

  /// Made as the README says, and once with another seed and one customer more; each once for all tests.
  static let made = Result { try DemoSite("--seed", "1", "--language", "en") }
  static let madeOtherwise = Result { try DemoSite("--seed", "2", "--customers", "13", "--language", "en") }

  /// A demo that shows nothing.
  static let empty = DemoSite()

  private init() { (feeds, pages, creditNotes) = ([:], [:], []) }

  private init(_ options: String...) throws {
    let folder = try TemporaryFolder()
    let run = try folio(["demo", folder.path("demo")] + options)
    try #require(run.status == 0, "\(run.words)")
    let files = try siteFiles(folder.path("demo/site"))
    var (feeds, pages): ([String: [String: JSONValue]], [String: [String: String]]) = ([:], [:])
    for (path, bytes) in files {
      let parts = path.split(separator: "/", maxSplits: 1).map(String.init)
      if parts[0] == "assets" || parts.count < 2 { continue }
      if path.hasSuffix(".json") {
        feeds[parts[0], default: [:]][parts[1]] = try JSONParser.parse(Array(bytes))
      } else {
        pages[parts[0], default: [:]][parts[1]] = String(decoding: bytes, as: UTF8.self)
      }
    }
    let owner = feeds.compactMapValues { $0["feeds/billing.json"]?.first("customer_id")?.string }
    self.feeds = Dictionary(uniqueKeysWithValues: owner.map { ($1, feeds[$0] ?? [:]) })
    self.pages = Dictionary(uniqueKeysWithValues: owner.map { ($1, pages[$0] ?? [:]) })
    creditNotes = self.feeds.values.flatMap { $0["feeds/invoices.json"]?.all("data.credit_notes") ?? [] }
      .compactMap { note in
        guard let number = note.first("number")?.string, let date = note.first("issued_at")?.string else {
          return nil
        }
        return (number, Int64(ISO8601DateFormatter().date(from: date)?.timeIntervalSince1970 ?? 0))
      }.sorted { $0.number < $1.number }
  }

  /// A feed of every customer that has it.
  func feeds(_ name: String) -> [JSONValue] { feeds.values.compactMap { $0["feeds/" + name + ".json"] } }

  var invoices: [JSONValue] { feeds("invoices").flatMap { $0.all("data") } }
}

extension JSONValue {
  /// The values at a path of names; lists on the way stand for each of their elements.
  func all(_ path: String) -> [JSONValue] {
    path.split(separator: ".").reduce([self]) { values, name in
      values.flatMap { value -> [JSONValue] in
        guard case .object(let object) = value, let found = object[String(name)] else { return [] }
        if case .array(let elements) = found { return elements }
        return [found]
      }
    }
  }

  func first(_ path: String) -> JSONValue? { all(path).first }

  func has(_ path: String, _ wanted: JSONValue) -> Bool { all(path).contains(wanted) }

  func has(_ path: String, _ wanted: String) -> Bool { has(path, .string(wanted)) }

  /// The whole number at a path; 0 for none.
  func count(_ path: String) -> Int {
    guard case .number(let number)? = first(path) else { return 0 }
    return Int(number.text) ?? 0
  }

  /// The decimal at a path, for comparisons only.
  func decimal(_ path: String) -> Double? {
    guard case .number(let number)? = first(path) else { return nil }
    return Double(number.text)
  }

  var string: String? {
    if case .string(let text) = self { return text }
    return nil
  }
}
