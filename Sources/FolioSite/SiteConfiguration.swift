package import FolioBilling
import FolioPortal
package import FolioStore
package import JSON

/// What `portal.json` says about a site; every key has a default.
package struct SiteConfiguration: Hashable, Sendable {
  package var serviceName = "Billing portal"
  package var seller: Party?
  /// Relative to the configuration's folder.
  package var logo: String?
  package var theme = Theme()
  /// BCP 47 tags, the site's first language first.
  package var languages = ["en"]
  /// What an invoice says of a category of tax beyond its name; an empty text adds nothing.
  package var taxWording = defaultTaxWording
  package var invoiceNumbering = Numbering(series: "AS2", paymentTermsDays: 14)
  package var creditNoteNumbering = Numbering(series: "CN", paymentTermsDays: nil)
  /// Terms of payment as invoices print them; empty for none.
  package var paymentTerms = ""
  package var links: [Link] = []
  /// Relative to the configuration's folder.
  package var siteKeyFile: String? = "site.key"
  /// Whether the configuration says so itself: then the file must be there.
  package var namesSiteKeyFile = true
  /// The group that published files are given, by name or number; nil for that of the process.
  package var outputGroup: String?
  /// Pins the as-of time of every build; nil takes the clock's.
  package var asOf: Timestamp?
  /// From which the site key of a demo follows; nil outside a demo.
  package var demoSeed: Int64?

  package init() {}

  /// How documents of a series are numbered: `AS2-2024-001`.
  package struct Numbering: Hashable, Sendable {
    package var series: String
    package var separator = "-"
    /// The least number of digits of the sequence.
    package var digits = 3
    /// Days until payment is due; nil for documents that are not paid.
    package var paymentTermsDays: Int?

    package init(series: String, paymentTermsDays: Int?) {
      self.series = series
      self.paymentTermsDays = paymentTermsDays
    }
  }

  /// A link that every page shows.
  package struct Link: Hashable, Sendable {
    package let label: String
    package let url: String

    package init(label: String, url: String) {
      self.label = label
      self.url = url
    }
  }

  private static let defaultTaxWording: [TaxCategory: String] = [
    .standard: "", .reduced: "",
    .reverseCharge: "Reverse charge: the customer accounts for the tax",
    .exempt: "", .zeroRated: "", .outsideScope: "",
  ]
}

/// Why a configuration cannot be used; `path` names the key.
package enum SiteConfigurationError: Error, Equatable, Sendable {
  case syntax(file: String, JSONSyntaxError)
  case field(file: String, FieldError)
  case unknownKey(file: String, path: String, known: [String])
  case missingLogo(file: String, logo: String)
  /// A language whose pages would lie in a folder that portals have for something else.
  case languageIsFolder(file: String, language: String)
  /// A group that this machine does not know.
  case unknownGroup(file: String, group: String)
  case contrast(file: String, [ContrastFault])
  case notALink(file: String, path: String)
}

extension SiteConfiguration {
  /// Reads `portal.json`.
  ///
  /// - Parameter file: its path, for errors.
  /// - Throws: `SiteConfigurationError`.
  package init(_ bytes: [UInt8], file: String) throws(SiteConfigurationError) {
    let value: JSONValue
    do { value = try JSONParser.parse(bytes) } catch { throw .syntax(file: file, error) }
    do throws(FieldError) {
      let fields = try FieldReader(value, path: "")
      if let (path, known) = unknownKey(in: value, Self.knownKeys) {
        throw FieldError(path: path, expected: .oneOf(known), found: unknownKeyMark)
      }
      try read(fields)
    } catch {
      if case .oneOf(let known) = error.expected, error.found == unknownKeyMark {
        throw .unknownKey(file: file, path: error.path, known: known)
      }
      throw .field(file: file, error)
    }
    try check(file)
  }

  private mutating func read(_ fields: FieldReader) throws(FieldError) {
    if fields.has("service_name") { serviceName = try fields.text("service_name", mostBytes: 128) }
    let sellerName = try fields.optionalObject("seller")?.optionalText("name", mostBytes: nameBytesLimit)
    seller = sellerName.map(\.isEmpty) ?? false ? nil : try fields.party("seller")
    logo = try fields.optionalText("logo")
    theme = try Theme(fields)
    if fields.has("languages") {
      languages = try fields.texts("languages", most: 20, mostBytes: 35)
      guard !languages.isEmpty, languages.allSatisfy(isLanguageTag) else {
        throw fields.fail("languages", .languageTags)
      }
    }
    if let wording = try fields.optionalObject("tax_wording") {
      for category in TaxCategory.allCases {
        if let text = try wording.optionalText(category.rawValue) { taxWording[category] = text }
      }
    }
    try invoiceNumbering.read(fields.optionalObject("invoice_numbering"))
    try creditNoteNumbering.read(fields.optionalObject("credit_note_numbering"))
    paymentTerms = try fields.optionalText("payment_terms") ?? paymentTerms
    for link in try fields.objects("links", most: 20) {
      links.append(Link(label: try link.text("label", mostBytes: 128), url: try link.text("url")))
    }
    namesSiteKeyFile = fields.has("site_key_file")
    if namesSiteKeyFile { siteKeyFile = try fields.optionalText("site_key_file") }
    outputGroup = try fields.optionalText("output_group", mostBytes: 64)
    asOf = try fields.optionalTimestamp("as_of")
    demoSeed = try fields.optionalInteger("demo_seed")
  }

  private func check(_ file: String) throws(SiteConfigurationError) {
    for language in languages where PortalPaths.folders.contains(language.lowercased()) {
      throw .languageIsFolder(file: file, language: language)
    }
    let faults = theme.contrastFaults
    if !faults.isEmpty { throw .contrast(file: file, faults) }
    for (index, link) in links.enumerated() {
      let schemes = ["https://", "http://", "mailto:"]
      let isSafe = schemes.contains { link.url.utf8.starts(with: $0.utf8) }
      if !isSafe { throw .notALink(file: file, path: "links[\(index)].url") }
    }
  }
}

/// Stands in a `FieldError` for a key that is not known.
private let unknownKeyMark = "\u{0}unknown key"

extension SiteConfiguration.Numbering {
  fileprivate mutating func read(_ fields: FieldReader?) throws(FieldError) {
    guard let fields else { return }
    series = try fields.optionalText("series", mostBytes: 16) ?? series
    separator = try fields.optionalText("separator", mostBytes: 4) ?? separator
    digits = Int(try fields.optionalInteger("digits", least: 1, most: 12) ?? Int64(digits))
    if paymentTermsDays != nil, let days = try fields.optionalInteger("payment_terms_days", most: 3_650) {
      paymentTermsDays = Int(days)
    }
  }
}
