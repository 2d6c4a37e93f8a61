import FolioBilling
import FolioStore
import Hashing
import JSON

extension WebhookSecrets {
  /// Reads `{"sources": [{"name", "scheme", "secrets", "customers"}]}`; `path` is the file's, for errors.
  package static func parse(_ bytes: [UInt8], path: String) throws(WebhookSecretsError) -> WebhookSecrets {
    let document: JSONValue
    do throws(JSONSyntaxError) { document = try JSONParser.parse(bytes) } catch {
      throw .syntax(path: path, error)
    }
    let parser = SecretsParser(path: path)
    let fields = try parser.object(document, "", known: ["sources"])
    var sources: [WebhookSource] = []
    var (names, secrets): (Set<[UInt8]>, Set<[UInt8]>) = ([], [])
    for (place, value) in try parser.elements("sources", of: fields, most: sourcesLimit) {
      let source = try parser.source(value, place, &secrets)
      guard names.insert(Array(source.name.utf8)).inserted else {
        throw .duplicate(path: path, field: place + ".name")
      }
      sources.append(source)
    }
    return WebhookSecrets(sources: sources)
  }
}

/// Reads the parts of a file of secrets.
///
/// It repeats no value that may hold a secret in an error.
private struct SecretsParser {
  let path: String

  func source(
    _ value: JSONValue, _ place: String, _ seen: inout Set<[UInt8]>
  ) throws(WebhookSecretsError) -> WebhookSource {
    let fields = try object(value, place, known: ["name", "scheme", "secrets", "customers"])
    let name: EventID
    let scheme: SignatureScheme
    do throws(FieldError) {
      name = try fields.identifier("name")
      scheme = try fields.choice("scheme", SignatureScheme.self)
    } catch {
      throw .field(path: path, error)
    }
    var keys: [HMACSHA256.Key] = []
    for (place, value) in try elements("secrets", of: fields, most: WebhookSecrets.secretsLimit) {
      guard case .string(let text) = value else { throw missing(place, .text(mostBytes: secretBytesLimit)) }
      let key = try bytes(of: text, scheme, place)
      guard seen.insert(key).inserted else { throw .duplicate(path: path, field: place) }
      keys.append(HMACSHA256.Key(key))
    }
    return WebhookSource(name: name.text, scheme: scheme, customers: try scope(fields), keys: keys)
  }

  private var secretBytesLimit: Int { 1_024 }

  /// The key that a secret stands for.
  private func bytes(
    of secret: String, _ scheme: SignatureScheme, _ place: String
  ) throws(WebhookSecretsError) -> [UInt8] {
    guard secret.utf8.count <= secretBytesLimit else {
      throw missing(place, .text(mostBytes: secretBytesLimit))
    }
    guard secret.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw fault(.whiteSpace, place) }
    let prefix = Array("whsec_".utf8)
    let hasPrefix = secret.utf8.starts(with: prefix)
    let rest = hasPrefix ? Array(secret.utf8.dropFirst(prefix.count)) : Array(secret.utf8)
    guard !rest.isEmpty else { throw fault(.empty, place) }
    // Stripe's key is the secret as it is written, with its prefix; that of Standard Webhooks is what it encodes.
    if scheme == .stripe { return Array(secret.utf8) }
    let padding = [UInt8](repeating: UInt8(ascii: "="), count: (4 - rest.count % 4) % 4)
    guard let key = Base64.decode(String(decoding: rest + padding, as: UTF8.self)) else {
      throw fault(.notBase64, place)
    }
    return key
  }

  private func scope(_ fields: FieldReader) throws(WebhookSecretsError) -> CustomerScope {
    if case .string(let text)? = fields.value("customers"), text.utf8.elementsEqual("all".utf8) {
      return .all
    }
    guard case .array? = fields.value("customers") else {
      throw .field(path: path, fields.fail("customers", .oneOf(["all", "a list of customers"])))
    }
    var customers: Set<CustomerID> = []
    for (place, value) in try elements("customers", of: fields, most: 100_000) {
      let customer = try customer(value, place)
      guard customers.insert(customer).inserted else { throw .duplicate(path: path, field: place) }
    }
    return .only(customers)
  }

  private func customer(_ value: JSONValue, _ place: String) throws(WebhookSecretsError) -> CustomerID {
    if case .string(let text) = value {
      do throws(IdentifierError) { return try CustomerID(text) } catch {}
    }
    throw .field(path: path, FieldError(path: place, expected: .identifier, found: value.glimpse))
  }

  func object(
    _ value: JSONValue, _ place: String, known: [String]
  ) throws(WebhookSecretsError) -> FieldReader {
    guard case .object(let object) = value else { throw missing(place, .object) }
    for (name, _) in object.members where !known.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
      throw .unknownKey(path: path, field: place.isEmpty ? name : place + "." + name, known: known)
    }
    return FieldReader(object, path: place)
  }

  /// The elements of a list that has at least one, each with its place.
  func elements(
    _ name: String, of fields: FieldReader, most: Int
  ) throws(WebhookSecretsError) -> [(place: String, value: JSONValue)] {
    guard case .array(let values)? = fields.value(name), (1...most).contains(values.count) else {
      throw missing(fields.path(of: name), .list(most: most))
    }
    return values.enumerated().map { index, value in (fields.path(of: name) + "[\(index)]", value) }
  }

  private func missing(_ place: String, _ expected: Expectation) -> WebhookSecretsError {
    .field(path: path, FieldError(path: place, expected: expected, found: nil))
  }

  private func fault(_ fault: SecretFault, _ place: String) -> WebhookSecretsError {
    .unusableSecret(path: path, field: place, fault)
  }
}
