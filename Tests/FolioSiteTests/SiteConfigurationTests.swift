import FolioBilling
import FolioSite
import FolioStore
import JSON
import Testing

private func configuration(_ text: String) throws(SiteConfigurationError) -> SiteConfiguration {
  try SiteConfiguration(Array(text.utf8), file: "portal.json")
}

@Suite struct SiteConfigurationTests {
  @Test func `an empty configuration is the defaults`() throws {
    var defaults = SiteConfiguration()
    defaults.namesSiteKeyFile = false
    #expect(try configuration("{}") == defaults)
  }

  @Test func `what init writes reads back as the defaults`() throws {
    let written = SiteConfiguration().fileBytes
    #expect(try SiteConfiguration(written, file: "portal.json") == SiteConfiguration())
  }

  @Test(arguments: ["tax", "PLAN"]) func `a language that a portal's folder is called by is refused`(
    tag: String
  ) {
    #expect(throws: SiteConfigurationError.languageIsFolder(file: "portal.json", language: tag)) {
      try configuration(#"{"languages": ["en", "\#(tag)"]}"#)
    }
  }

  @Test func `every folder that a portal has is one that no language may be`() throws {
    let shop = try Shop(customers: "cus_a")
    try shop.build()
    let folders = Set(
      try shop.files().keys.compactMap { path in
        let parts = path.split(separator: "/")
        return parts.count > 2 ? String(parts[1]) : nil
      })
    #expect(folders.count > 8)
    for folder in folders {
      #expect(throws: SiteConfigurationError.self) {
        try configuration(#"{"languages": ["\#(folder)"]}"#)
      }
    }
  }

  @Test func `every key is read`() throws {
    let read = try configuration(
      """
      {"service_name": "Shop", "seller": {"name": "Seller Ltd", "country": "GB",
       "tax_ids": [{"type": "gb_vat", "value": "GB1"}]}, "logo": "logo.svg", "accent_color": "#112233",
       "tax_wording": {"exempt": "Free"}, "invoice_numbering": {"series": "X", "digits": 5, "payment_terms_days": 30},
       "credit_note_numbering": {"series": "C"}, "links": [{"label": "Help", "url": "https://help.example"}],
       "site_key_file": null, "as_of": "2024-01-01T00:00:00Z"}
      """)
    #expect(read.serviceName == "Shop" && read.seller?.taxIDs.count == 1 && read.logo == "logo.svg")
    #expect(read.taxWording[.exempt] == "Free" && read.invoiceNumbering.digits == 5)
    #expect(read.invoiceNumbering.paymentTermsDays == 30 && read.links.count == 1 && read.siteKeyFile == nil)
    #expect(read.asOf?.text == "2024-01-01T00:00:00Z")
  }

  @Test func `an unknown key is refused with those that are known there`() {
    #expect {
      try configuration(#"{"seller": {"nmae": "x"}}"#)
    } throws: { error in
      guard case SiteConfigurationError.unknownKey("portal.json", "seller.nmae", let known) = error else {
        return false
      }
      return known.contains("name")
    }
    #expect {
      try configuration(#"{"links": [{"label": "x", "href": "https://x.example"}]}"#)
    } throws: { error in
      guard case SiteConfigurationError.unknownKey(_, "links[0].href", _) = error else { return false }
      return true
    }
  }

  @Test(arguments: ["red", "#12345", "#12345g", "123456#", "#0b57d0ff"])
  func `an accent that is no colour is refused with what stands there`(color: String) {
    let error = FieldError(path: "accent_color", expected: .color, found: "\"\(color)\"")
    #expect(throws: SiteConfigurationError.field(file: "portal.json", error)) {
      try configuration(#"{"accent_color": "\#(color)"}"#)
    }
  }

  @Test func `a link that a page must not hold is refused`() {
    #expect(throws: SiteConfigurationError.notALink(file: "portal.json", path: "links[0].url")) {
      try configuration(#"{"links": [{"label": "x", "url": "javascript:alert(1)"}]}"#)
    }
  }

  @Test func `terms of payment are a text, and none unless said`() throws {
    #expect(try configuration("{}").paymentTerms == "")
    #expect(try configuration(#"{"payment_terms": "Net 14"}"#).paymentTerms == "Net 14")
    let tooLong = String(repeating: "x", count: 1_025)
    #expect(throws: SiteConfigurationError.self) { try configuration(#"{"payment_terms": "\#(tooLong)"}"#) }
  }

  @Test func `broken JSON names its place`() {
    #expect {
      try configuration("{\n  \"logo\": nul\n}")
    } throws: { error in
      guard case SiteConfigurationError.syntax("portal.json", let error) = error else { return false }
      return error.line == 2
    }
  }
}

@Suite struct SiteKeyTests {
  @Test func `the name of a portal is 26 letters and digits that follow from key and id alone`() throws {
    let (one, other) = (SiteKey(demoSeed: 1), SiteKey(demoSeed: 2))
    let customer = try CustomerID("cus_1")
    #expect(one.portalName(of: customer) == one.portalName(of: customer))
    #expect(one.portalName(of: customer) != other.portalName(of: customer))
    #expect(one.portalName(of: customer) != one.portalName(of: try CustomerID("cus_2")))
    let name = one.portalName(of: customer)
    #expect(name.utf8.count == 26)
    #expect(name.utf8.allSatisfy { (97...122).contains($0) || (50...55).contains($0) })
  }
}

@Suite struct ResourceRootTests {
  @Test func `an option or a variable that names no resources is an error and nothing else is tried`() {
    #expect(throws: ResourceError.notFound(tried: ["/nowhere"])) {
      _ = try ResourceRoot.find(option: "/nowhere", environment: nil, executable: "/bin/folio")
    }
    #expect(throws: ResourceError.notFound(tried: ["/nobody"])) {
      _ = try ResourceRoot.find(option: nil, environment: "/nobody", executable: "/bin/folio")
    }
  }

  @Test func `the error lists every place looked at, in order`() {
    #expect(throws: ResourceError.notFound(tried: ["/a/share/folio", "/a/b", "/a", "/"])) {
      _ = try ResourceRoot.find(option: nil, environment: nil, executable: "/a/b/folio")
    }
  }
}
