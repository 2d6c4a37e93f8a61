import FolioTestSupport
import Foundation
import JSON
import SQLite
import Testing

/// Names that try to become something else than a name.
private let hostileNames = [
  "\"\u{301}\u{302}><img src=x onerror=alert(1)>", "<script>alert(document.cookie)</script>",
  "../../../etc/passwd",
  "evil\u{202E}txt.exe\u{2066}\u{2069}", "nul\u{0}byte", "{{page.title}} {{{words}}}",
  "</bdi></td><td onclick='x'>",
  "<svg/onload=alert(1)>", "&lt;script&gt;", "' style='position:fixed", "]]><!--",
  "a\u{2028}b\u{85}c\u{9B}31m",
  "e" + String(repeating: "\u{301}", count: 511),
]

/// Prints, for each page, its elements and attributes by name; values of `href`, `src` and `class` too.
private let structureScript = """
  import html5lib, json, os, sys
  root = sys.argv[1]
  out = {}
  for folder, _, names in os.walk(root):
      for name in names:
          if not name.endswith('.html'): continue
          path = os.path.join(folder, name)
          raw = open(path, 'rb').read()
          parser = html5lib.HTMLParser(namespaceHTMLElements=False)
          tree = parser.parse(raw)
          shape = []
          for element in tree.iter():
              tag = element.tag if isinstance(element.tag, str) else 'comment'
              kept = [(k if isinstance(k, str) else k[1], v if k in ('href', 'src', 'class') else '')
                      for k, v in element.attrib.items()]
              shape.append([tag, sorted(kept)])
          text = ''.join(tree.itertext())
          bad = [hex(ord(c)) for c in text if ord(c) < 32 and c not in '\\n\\t\\r' or 0x80 <= ord(c) < 0xa0
                 or 0x202a <= ord(c) <= 0x202e or 0x2066 <= ord(c) <= 0x2069]
          out[os.path.relpath(path, root)] = {'shape': shape, 'bad': bad}
  json.dump(out, sys.stdout, sort_keys=True)
  """

@Suite(.enabled(if: python(with: "html5lib") != nil || judgesAreRequired, "html5lib is not installed"))
struct HostileNameTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func events(named name: (Int) -> String) -> String {
    func quoted(_ index: Int) -> String {
      String(decoding: JSONValue.string(name(index)).canonicalBytes, as: UTF8.self)
    }
    var lines = [
      #"{"id":"c","type":"billing.customer.updated","timestamp":"2024-01-01T00:00:00Z","customer_id":"cus_h","data":{"name":\#(quoted(0)),"currency":"usd","address_lines":[\#(short(1, name))],"purchase_order":"PO","country":"US"}}"#,
      #"{"id":"p","type":"billing.plan.defined","timestamp":"2024-01-01T00:00:00Z","data":{"plan_id":"plan_h","name":\#(quoted(2)),"model":"hybrid","currency":"usd","base_fee":299.00,"message_rate":0.05,"partner_fee":10}}"#,
      #"{"id":"s","type":"billing.subscription.created","timestamp":"2024-01-01T00:00:00Z","customer_id":"cus_h","data":{"subscription_id":"sub_h","plan_id":"plan_h","started_at":"2024-01-01T00:00:00Z"}}"#,
      #"{"id":"n","type":"billing.notice.posted","timestamp":"2024-01-01T00:00:00Z","customer_id":"cus_h","data":{"notice_id":"n1","body":"Words"}}"#,
      #"{"id":"b","type":"billing.budget.set","timestamp":"2024-01-01T00:00:00Z","customer_id":"cus_h","data":{"budget_id":"b1","name":\#(quoted(4)),"amount":5,"period":"monthly"}}"#,
      #"{"id":"i","type":"billing.invoice.finalized","timestamp":"2024-02-01T00:00:00Z","customer_id":"cus_h","data":{"invoice_id":"in_h","number":"AS2-2024-001","currency":"usd","amount_due":421.00,"period_start":"2024-01-01T00:00:00Z","period_end":"2024-01-31T23:59:59Z","created":"2024-02-01T00:00:00Z","due_date":"2024-02-15T23:59:59Z","seller":{"name":\#(quoted(5)),"address_lines":[\#(short(6, name))]},"buyer":{"name":\#(quoted(7)),"tax_ids":[{"type":"eu_vat","value":"X"}]},"payment_terms":\#(quoted(8)),"lines":[{"kind":"not_itemised","amount":421.00,"label":\#(quoted(9)),"plan_name":\#(quoted(10))}],"subtotal":421.00}}"#,
      #"{"id":"f","type":"billing.payment_failed","timestamp":"2024-02-02T00:00:00Z","data":{"invoice_id":"in_h","amount":421.00,"failure_reason":\#(short(11, name)),"retry_date":"2024-02-05T00:00:00Z"}}"#,
    ]
    for index in hostileNames.indices {
      lines.append(
        #"{"id":"r\#(index)","type":"billing.partner.updated","timestamp":"2024-01-01T00:00:00Z","customer_id":"cus_h","data":{"partner_id":"prt_\#(index)","name":\#(quoted(index))}}"#
      )
      lines.append(
        #"{"id":"u\#(index)","type":"billing.usage.recorded","timestamp":"2024-01-02T11:00:00Z","customer_id":"cus_h","data":{"readings":[{"partner_id":"prt_\#(index)","hour":"2024-01-02T10:00:00Z","direction":"inbound","messages":\#(100 - index)}]}}"#
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func short(_ index: Int, _ name: (Int) -> String) -> String {
    let text = String(name(index).unicodeScalars.prefix(60).map(Character.init))
    return String(decoding: JSONValue.string(text).canonicalBytes, as: UTF8.self)
  }

  private func build(_ name: String, named: (Int) -> String, plant: String? = nil) throws -> String {
    let store = folder.path("\(name).db")
    let imported = try folio(
      "import", "--store", store, try folder.write(events(named: named), to: "\(name).ndjson"))
    try #require(imported.status == 0, "\(imported.words)")
    if let plant {
      let connection = try Connection(path: store, mode: .readWrite)
      try connection.write {
        try connection.statement("UPDATE partners SET name = ?").run([.text(plant)])
        try connection.statement("UPDATE customers SET name = ?").run([.text(plant)])
        try connection.statement("UPDATE plan_versions SET name = ?").run([.text(plant)])
      }
    }
    let built = try folio(
      "build", "--store", store, "--out", folder.path(name), "--as-of", "2024-02-10T12:00:00Z")
    try #require(built.status == 0, "\(built.words)")
    return folder.path(name)
  }

  /// The structure of every page, as the judge sees it.
  private func structure(_ site: String) throws -> JSONObject {
    let script = try folder.write(structureScript, to: "structure.py")
    let run = try Programs.run(try #require(python(with: "html5lib")), [script, site])
    guard case .object(let pages) = try JSONParser.parse(Array(run.output.utf8)) else {
      throw CocoaError(.fileReadCorruptFile)
    }
    return pages
  }

  private func expectSameStructure(_ hostile: String, _ harmless: String) throws {
    let (found, wanted) = (try structure(hostile), try structure(harmless))
    #expect(found.members.map(\.name) == wanted.members.map(\.name))
    #expect(wanted.members.count >= 6)
    for (page, value) in found.members {
      guard case .object(let found) = value, case .object(let wanted)? = wanted[page] else { continue }
      #expect(found["shape"] == wanted["shape"], "\(page) has elements that no template wrote")
      #expect(
        found["bad"] == .array([]), "\(page) shows control characters: \(String(describing: found["bad"]))")
    }
  }

  @Test(arguments: hostileNames.indices) func `a hostile name is only a name`(index: Int) throws {
    let hostile = try build("hostile", named: { hostileNames[($0 + index) % hostileNames.count] })
    try expectSameStructure(hostile, try build("harmless", named: { "Name \($0)" }))
    for (path, bytes) in try siteFiles(hostile) where path.hasSuffix(".json") {
      _ = try JSONParser.parse(Array(bytes))
      let text = String(decoding: bytes, as: UTF8.self)
      let reordering = text.unicodeScalars.contains {
        (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value) || $0.value == 0
      }
      #expect(!reordering, "\(path)")
    }
  }

  @Test func `a name of 10,000 marks that was planted in the store is printed cut`() throws {
    let planted = "Z" + String(repeating: "\u{301}", count: 10_000)
    let hostile = try build("planted", named: { "Name \($0)" }, plant: planted)
    try expectSameStructure(hostile, try build("harmless", named: { "Name \($0)" }))
    for (path, bytes) in try siteFiles(hostile) where path.hasSuffix(".html") || path.hasSuffix(".json") {
      let marks = String(decoding: bytes, as: UTF8.self).unicodeScalars
      var (run, longest) = (0, 0)
      for scalar in marks {
        run = scalar.value == 0x301 ? run + 1 : 0
        longest = max(longest, run)
      }
      #expect(longest <= 120, "\(path) shows \(longest) marks in a row")
    }
  }
}
