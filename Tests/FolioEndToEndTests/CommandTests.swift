import FolioTestSupport
import Foundation
import SQLite
import Testing

/// Whether this user can mount a disk of its own: tried once, on a folder that goes away.
private let canMount: Bool = {
  guard let mount = Programs.installed("mount"), let unmount = Programs.installed("umount"),
    let folder = try? TemporaryFolder(),
    let run = try? Programs.run(mount, ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.url.path])
  else { return false }
  _ = try? Programs.run(unmount, [folder.url.path])
  return run.status == 0
}()

@Suite struct CommandTests {
  private let folder: TemporaryFolder
  private var store: String { folder.path("billing.db") }

  init() throws { folder = try TemporaryFolder() }

  private let customer =
    #"{"id":"c1","type":"billing.customer.updated","timestamp":"2024-01-01T00:00:00Z","customer_id":"cus_1","data":{"name":"One","currency":"usd"}}"#

  private func importLines(_ lines: String..., options: [String] = []) throws -> ProgramRun {
    let file = try folder.write(lines.joined(separator: "\n") + "\n", to: "events.ndjson")
    return try folio(["import", "--store", store] + options + [file])
  }

  @Test func `the binary and the two folders work from any prefix`() throws {
    let prefix = folder.url.appendingPathComponent("prefix")
    let files = FileManager.default
    try files.createDirectory(at: prefix.appendingPathComponent("bin"), withIntermediateDirectories: true)
    try files.createDirectory(
      at: prefix.appendingPathComponent("share/folio"), withIntermediateDirectories: true)
    let program = prefix.appendingPathComponent("bin/folio")
    try files.copyItem(at: try #require(Programs.folio), to: program)
    for name in ["site-templates", "assets"] {
      try files.copyItem(
        at: Repository.root.appendingPathComponent(name),
        to: prefix.appendingPathComponent("share/folio/\(name)"))
    }
    let demo = try Programs.run(program, ["demo", folder.path("demo"), "--customers", "1"])
    #expect(demo.status == 0, "\(demo.words)")
    let doctor = try Programs.run(program, ["doctor"])
    #expect(doctor.output.contains("share/folio (installed)"))
  }

  @Test func `a refused row names file, line and field, and nothing of its file is kept`() throws {
    let run = try importLines(
      customer,
      #"{"id":"p1","type":"billing.payment_succeeded","data":{"invoice_id":"in_1","amount_paid":"12abc","paid_at":"2024-01-01T00:00:00Z"}}"#
    )
    #expect(run.status == 1)
    #expect(run.words.contains("events.ndjson:2: data.amount_paid must be a plain decimal"))
    #expect(try folio("doctor", "--store", store).output.contains("events: none"))
    let kept = try importLines(
      customer, #"{"id":"p1","type":"billing.payment_sukceeded","data":{}}"#, options: ["--keep-going"])
    #expect(kept.status == 3)
    #expect(try folio("doctor", "--store", store).output.contains("events: 1 applied"))
  }

  @Test func `broken JSON names line and column`() throws {
    let run = try importLines(customer, #"{"id":"x",}"#)
    #expect(run.status == 1)
    #expect(run.words.contains("events.ndjson:2:11: "), "\(run.words)")
  }

  @Test func `two values for one slot in a file name both lines`() throws {
    _ = try importLines(customer)
    let file = try folder.write(
      """
      customer_id,partner_id,timestamp,direction,messages,failed,bytes
      cus_1,prt_1,2024-01-02T09:00:00Z,inbound,10,0,100
      cus_1,prt_1,2024-01-02T09:00:00Z,inbound,11,0,100

      """, to: "usage.csv")
    let run = try folio("import", "--store", store, file)
    #expect(run.status == 1)
    #expect(run.words.contains("usage.csv:3: ") && run.words.contains("line 2"), "\(run.words)")
  }

  @Test func `card data is refused, and no byte of it is anywhere`() throws {
    let number = "4242424242424242"
    let run = try importLines(
      customer,
      #"{"id":"n1","type":"billing.notice.posted","customer_id":"cus_1","data":{"notice_id":"n","body":"Card 4242 4242 4242 4242"}}"#,
      #"{"id":"m1","type":"billing.payment_method.added","customer_id":"cus_1","data":{"payment_method_id":"pm","type":"card","card":{"number":"\#(number)","cvc":"123"}}}"#
    )
    #expect(run.status == 1)
    #expect(run.words.contains("holds card data"))
    #expect(!run.words.contains(number) && !run.words.contains("4242 4242"))
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    where file.hasPrefix("billing") {
      let bytes = try Data(contentsOf: folder.url.appendingPathComponent(file))
      #expect(bytes.range(of: Data(number.utf8)) == nil && bytes.range(of: Data("4242 4242".utf8)) == nil)
    }
  }

  @Test func `a missing, foreign, damaged or newer store is a clear error`() throws {
    let site = folder.path("site")
    let missing = try folio("build", "--store", folder.path("none.db"), "--out", site)
    #expect(missing.status == 1 && missing.words.contains("There is no store at"))
    let text = try folder.write(String(repeating: "no database ", count: 200), to: "text.db")
    let foreign = try folio("build", "--store", text, "--out", site)
    #expect(foreign.status == 1 && foreign.words.contains("is not a billing store"))
    _ = try importLines(customer)
    do {
      let connection = try Connection(path: store, mode: .readWrite)
      try connection.execute("PRAGMA user_version = 999")
    }
    let newer = try folio("build", "--store", store, "--out", site)
    #expect(newer.status == 1 && newer.words.contains("Use a newer folio"))
    #expect(!FileManager.default.fileExists(atPath: site))
  }

  @Test(.enabled(if: canMount, "this user cannot mount a small disk"))
  func `a full disk is a clear error and leaves the store as it was`() throws {
    try onSmallDisk { disk in
      let store = disk + "/billing.db"
      let first = try folio("import", "--store", store, try folder.write(customer + "\n", to: "one.ndjson"))
      #expect(first.status == 0, "\(first.words)")
      let big = (0..<20_000).map { index in
        #"{"id":"p\#(index)","type":"billing.partner.updated","timestamp":"2024-01-01T00:00:00Z","customer_id":"cus_1","data":{"partner_id":"prt_\#(index)","name":"\#(String(repeating: "n", count: 300))"}}"#
      }
      let full = try folio(
        "import", "--store", store, try folder.write(big.joined(separator: "\n") + "\n", to: "big.ndjson"))
      #expect(full.status == 1)
      #expect(full.words.contains("full"), "\(full.words)")
      let doctor = try folio("doctor", "--store", store)
      #expect(doctor.output.contains("integrity: ok") && doctor.output.contains("events: 1 applied"))
    }
  }

  /// Runs a body on a disk of two megabytes.
  private func onSmallDisk(_ body: (String) throws -> Void) throws {
    let disk = folder.path("disk")
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
    let mount = try #require(Programs.installed("mount"))
    let mounted = try Programs.run(mount, ["-t", "tmpfs", "-o", "size=2m", "tmpfs", disk])
    try #require(mounted.status == 0, "\(mounted.words)")
    defer { _ = try? Programs.run(try #require(Programs.installed("umount")), [disk]) }
    try body(disk)
  }

  @Test func `init writes every key, and an unknown one is refused with its neighbour`() throws {
    let run = try folio("init", folder.path("shop"))
    #expect(run.status == 0, "\(run.words)")
    let key = try FileManager.default.attributesOfItem(atPath: folder.path("shop/site.key"))
    #expect(key[.posixPermissions] as? Int == 0o600)
    _ = try importLines(customer)
    let config = folder.path("shop/portal.json")
    let good = try folio("build", "--store", store, "--out", folder.path("site"), "--config", config)
    #expect(good.status == 0, "\(good.words)")
    let portals = try FileManager.default.contentsOfDirectory(atPath: folder.path("site"))
    #expect(portals.contains { $0.utf8.count == 26 } && !portals.contains("cus_1"))
    let text = try String(contentsOfFile: config, encoding: .utf8)
    let wrong = try folder.write(text.replacing("accent_color", with: "acent_color"), to: "shop/wrong.json")
    let refused = try folio("build", "--store", store, "--out", folder.path("site"), "--config", wrong)
    #expect(refused.status == 1 && refused.words.contains("Did you mean 'accent_color'?"), "\(refused.words)")
  }

  @Test func `a key that others can read and a demo seed outside a demo are refused`() throws {
    _ = try folio("init", folder.path("shop"))
    _ = try importLines(customer)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: folder.path("shop/site.key"))
    let config = folder.path("shop/portal.json")
    let open = try folio("build", "--store", store, "--out", folder.path("site"), "--config", config)
    #expect(open.status == 1 && open.words.contains("chmod 600"), "\(open.words)")
    let demo = try folder.write(#"{"demo_seed": 3}"#, to: "demo.json")
    let seeded = try folio("build", "--store", store, "--out", folder.path("site"), "--config", demo)
    #expect(seeded.status == 1 && seeded.words.contains("demo_seed"), "\(seeded.words)")
  }

  @Test func `an output that folio did not write is left alone`() throws {
    _ = try importLines(customer)
    let file = try folder.write("mine", to: "precious/letter.txt")
    let run = try folio("build", "--store", store, "--out", folder.path("precious"))
    #expect(run.status == 1 && run.words.contains("did not write"), "\(run.words)")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
  }

  @Test func `a site overrides a template by name, and an unknown name in it is an error with its place`()
    throws
  {
    _ = try importLines(customer)
    _ = try folder.write(
      "{{<layouts/page}}{{$main}}OVERRIDDEN{{/main}}{{/layouts/page}}",
      to: "templates/pages/overview.mustache")
    let config = try folder.write("{\"site_key_file\": null}", to: "portal.json")
    let run = try folio("build", "--store", store, "--out", folder.path("site"), "--config", config)
    #expect(run.status == 0, "\(run.words)")
    let page = try String(contentsOfFile: folder.path("site/cus_1/index.html"), encoding: .utf8)
    #expect(page.contains("OVERRIDDEN"))
    _ = try folder.write("line one\n{{usage_to_dat.messages}}", to: "templates/pages/overview.mustache")
    let broken = try folio("build", "--store", store, "--out", folder.path("site"), "--config", config)
    #expect(broken.status == 1)
    #expect(
      broken.words.contains("templates/pages/overview.mustache:2:1: {{usage_to_dat.messages}}"),
      "\(broken.words)")
    #expect(try String(contentsOfFile: folder.path("site/cus_1/index.html"), encoding: .utf8) == page)
  }

  @Test(arguments: ["demo", "init", "import", "build", "doctor"])
  func `every command has help with examples`(command: String) throws {
    let run = try folio(command, "--help")
    #expect(run.status == 0)
    #expect(run.output.contains("EXAMPLES") && run.output.contains("folio \(command)"))
  }

  @Test func `a misspelt command or option is told its neighbour, with status 64`() throws {
    let command = try folio("biuld")
    #expect(command.status == 64 && command.words.contains("Did you mean 'build'?"))
    let option = try folio("build", "--stroe", "x")
    #expect(option.status == 64 && option.words.contains("Did you mean '--store'?"))
  }

  @Test func `a pipe and a folder are no files to import`() throws {
    let run = try folio("import", "--store", store, folder.url.path)
    #expect(run.status == 1 && run.words.contains("is a folder or a pipe"), "\(run.words)")
  }

  @Test func `a list names the element that is wrong`() throws {
    let bad =
      #"{"id":"x","type":"billing.partner.updated","customer_id":"cus_1","data":{"partner_id":"p 2"}}"#
    let file = try folder.write("[\(customer),\n\(bad)]", to: "list.json")
    let run = try folio("import", "--store", store, file)
    #expect(
      run.status == 1 && run.words.contains("list.json[1]: data.partner_id must be an identifier"),
      "\(run.words)")
  }

  @Test func `a report that cannot be written is a failure`() throws {
    _ = try importLines(customer)
    let shell = try #require(Programs.installed("sh"))
    let program = try #require(Programs.folio).path
    let run = try Programs.run(shell, ["-c", "exec \"$0\" doctor > /dev/full", program])
    #expect(run.status == 1 && run.words.contains("standard output"), "\(run.words)")
  }

  @Test func `a site inside another site is refused`() throws {
    _ = try importLines(customer)
    #expect(try folio("build", "--store", store, "--out", folder.path("site")).status == 0)
    let run = try folio("build", "--store", store, "--out", folder.path("site/inner"))
    #expect(run.status == 1 && run.words.contains("lies inside the site"), "\(run.words)")
  }

  @Test func `portals that stay keep the shared files that they point to`() throws {
    _ = try importLines(
      customer, customer.replacing("cus_1", with: "cus_2").replacing("\"c1\"", with: "\"c2\""))
    let site = folder.path("site")
    let resources = folder.url.appendingPathComponent("resources")
    try FileManager.default.createDirectory(at: resources, withIntermediateDirectories: true)
    for name in ["site-templates", "assets"] {
      try FileManager.default.copyItem(
        at: Repository.root.appendingPathComponent(name), to: resources.appendingPathComponent(name))
    }
    let all = ["build", "--store", store, "--out", site, "--as-of", "2024-01-10T00:00:00Z"]
    #expect(try folio(all + ["--resources", resources.path]).status == 0)
    try Data("body{}".utf8).write(to: resources.appendingPathComponent("assets/css/folio.css"))
    #expect(try folio(all + ["--resources", resources.path, "--customer", "cus_1"]).status == 0)
    for portal in ["cus_1", "cus_2"] {
      let page = try String(contentsOfFile: "\(site)/\(portal)/index.html", encoding: .utf8)
      let sheet = try #require(page.firstMatch(of: #/href="(\.\./assets/[^"]+\.css)"/#)?.1)
      #expect(FileManager.default.fileExists(atPath: "\(site)/\(portal)/\(sheet)"), "\(portal): \(sheet)")
    }
  }

  @Test func `a build of some customers under another key is refused`() throws {
    _ = try importLines(
      customer, customer.replacing("cus_1", with: "cus_2").replacing("\"c1\"", with: "\"c2\""))
    #expect(try folio("build", "--store", store, "--out", folder.path("site")).status == 0)
    _ = try folio("init", folder.path("shop"))
    let run = try folio(
      "build", "--store", store, "--out", folder.path("site"), "--customer", "cus_1", "--config",
      folder.path("shop/portal.json"))
    #expect(run.status == 1 && run.words.contains("another name"), "\(run.words)")
  }

  @Test func `a customer that is deleted later has a portal before`() throws {
    let gone =
      #"{"id":"d1","type":"billing.customer.deleted","timestamp":"2024-02-09T00:00:00Z","customer_id":"cus_1","data":{}}"#
    _ = try importLines(customer, gone)
    for (asOf, count) in [("2024-02-01T00:00:00Z", "1 portal"), ("2024-02-10T00:00:00Z", "0 portals")] {
      let run = try folio("build", "--store", store, "--out", folder.path("site"), "--as-of", asOf)
      #expect(run.words.contains("Published \(count) as of"), "\(run.words)")
    }
  }

  @Test func `a demo leaves a configuration that is not its own alone`() throws {
    _ = try folio("init", folder.path("shop"))
    let before = try String(contentsOfFile: folder.path("shop/portal.json"), encoding: .utf8)
    let run = try folio("demo", folder.path("shop"), "--customers", "1")
    #expect(run.status == 1 && run.words.contains("no demo made"), "\(run.words)")
    #expect(try String(contentsOfFile: folder.path("shop/portal.json"), encoding: .utf8) == before)
  }

  @Test func `a message tells a missing field, a sum that is too large and bytes that are no text apart`()
    throws
  {
    let nameless = try importLines(
      #"{"type":"billing.notice.posted","customer_id":"cus_1","data":{"notice_id":"n"}}"#)
    #expect(nameless.words.contains("data.body must be Markdown of at most 8,192 bytes, and is missing."))
    let readings = (0..<1_100).map { index in
      #"{"partner_id":"p\#(index)","hour":"2024-01-02T00:00:00Z","direction":"inbound","messages":9007199254740991}"#
    }
    let large = try importLines(
      customer,
      #"{"id":"u","type":"billing.usage.recorded","customer_id":"cus_1","data":{"readings":[\#(readings.joined(separator: ","))]}}"#
    )
    #expect(large.status == 1 && large.words.contains("data.readings must be such that sums fit 64 bits."))
    let csv = folder.url.appendingPathComponent("usage.csv")
    let header = "customer_id,partner_id,timestamp,direction,messages,failed,bytes\n"
    try (Data(header.utf8) + Data([0xFF, 0x0A])).write(to: csv)
    let run = try folio("import", "--store", store, csv.path)
    #expect(run.status == 1 && run.words.contains("usage.csv:2: row must be"), "\(run.words)")
    #expect(run.words.contains("not UTF-8"), "\(run.words)")
  }
}
