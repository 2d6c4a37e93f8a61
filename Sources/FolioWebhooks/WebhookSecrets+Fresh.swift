import Hashing
import JSON
import OperatingSystem

extension WebhookSecrets {
  /// How many random bytes a new secret has; Standard Webhooks asks for 24 to 64.
  static let freshSecretLength = 32

  /// The bytes of a file of secrets with one source, which may speak for all customers, and one secret that nobody
  /// has seen.
  package static func freshFile(source: String, scheme: SignatureScheme) -> [UInt8] {
    let secret = "whsec_" + Base64.encode(RandomBytes.make(count: freshSecretLength))
    var writer = JSONWriter(style: .pretty)
    writer.beginObject()
    writer.key("sources")
    writer.beginArray()
    writer.beginObject()
    for (name, text) in [("name", source), ("scheme", scheme.rawValue)] {
      writer.key(name)
      writer.string(text)
    }
    writer.key("secrets")
    writer.beginArray()
    writer.string(secret)
    writer.endArray()
    writer.key("customers")
    writer.string("all")
    writer.endObject()
    writer.endArray()
    writer.endObject()
    writer.endDocument()
    return writer.bytes
  }
}
