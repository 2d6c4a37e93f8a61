import FolioBilling
package import JSON

extension SiteConfiguration {
  /// The configuration as `portal.json` holds it, with every key.
  package var document: JSONObject {
    JSONObject([
      ("service_name", .string(serviceName)), ("seller", party(seller ?? Party(name: "", country: nil))),
      ("logo", optional(logo)), ("accent_color", .string(theme.color(of: .accent, in: .light).text)),
      ("accent_color_dark", optional(theme[.accent, in: .dark]?.text)), ("theme", .object(theme.document)),
      ("languages", .array(languages.map { .string($0) })),
      (
        "tax_wording",
        .object(JSONObject(TaxCategory.allCases.map { ($0.rawValue, .string(taxWording[$0] ?? "")) }))
      ), ("invoice_numbering", .object(invoiceNumbering.document)),
      ("credit_note_numbering", .object(creditNoteNumbering.document)),
      ("payment_terms", .string(paymentTerms)),
      (
        "links",
        .array(links.map { .object(JSONObject([("label", .string($0.label)), ("url", .string($0.url))])) })
      ), ("site_key_file", optional(siteKeyFile)), ("output_group", optional(outputGroup)),
      ("as_of", optional(asOf?.text)),
      ("demo_seed", demoSeed.map { .number(JSONNumber($0)) } ?? .null),
    ])
  }

  /// The keys that a configuration may have, with those that ``document`` leaves out.
  static var knownKeys: JSONObject {
    JSONObject(
      SiteConfiguration().document.members.map { name, value in
        (name, name == "theme" ? .object(Theme.knownKeys) : value)
      })
  }

  /// The document as the bytes of a file.
  package var fileBytes: [UInt8] {
    var writer = JSONWriter(style: .pretty)
    writer.write(.object(document))
    writer.endDocument()
    return writer.bytes
  }
}

private func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

private func party(_ party: Party) -> JSONValue {
  let ids = party.taxIDs.map {
    JSONValue.object(JSONObject([("type", .string($0.type)), ("value", .string($0.value))]))
  }
  return .object(
    JSONObject([
      ("name", .string(party.name)), ("address_lines", .array(party.addressLines.map { .string($0) })),
      ("country", optional(party.country)), ("tax_ids", .array(ids)), ("email", optional(party.email)),
    ]))
}

extension SiteConfiguration.Numbering {
  fileprivate var document: JSONObject {
    var members: [(name: String, value: JSONValue)] = [
      ("series", .string(series)), ("separator", .string(separator)),
      ("digits", .number(JSONNumber(Int64(digits)))),
    ]
    if let paymentTermsDays {
      members.append(("payment_terms_days", .number(JSONNumber(Int64(paymentTermsDays)))))
    }
    return JSONObject(members)
  }
}

/// Keys of the lists' elements, which the defaults do not show.
private let elementKeys = ["links": ["label", "url"], "tax_ids": ["type", "value"]]

/// The first key that the defaults do not have, and those that stand at its place.
func unknownKey(in value: JSONValue, _ known: JSONObject, path: String = "") -> (
  path: String, known: [String]
)? {
  guard case .object(let object) = value else { return nil }
  for (name, value) in object.members {
    let place = path.isEmpty ? name : path + "." + name
    guard let model = known[name] else { return (place, known.members.map(\.name)) }
    if case .object(let inner) = model, let found = unknownKey(in: value, inner, path: place) { return found }
    if case .array(let elements) = value, let keys = elementKeys[name] {
      let model = JSONObject(keys.map { ($0, .null) })
      for (index, element) in elements.enumerated() {
        if let found = unknownKey(in: element, model, path: place + "[\(index)]") { return found }
      }
    }
  }
  return nil
}
