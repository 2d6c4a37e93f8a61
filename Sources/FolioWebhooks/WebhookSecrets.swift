/// The sources that may send events, as the file of secrets lists them.
package struct WebhookSecrets: Sendable {
  /// In the order of the file.
  package let sources: [WebhookSource]

  init(sources: [WebhookSource]) { self.sources = sources }

  /// How many sources a file may list: each costs every request a hash.
  package static let sourcesLimit = 64
  /// How many secrets a source may have.
  package static let secretsLimit = 8

  /// The source of this name, or nil.
  package func source(named name: String) -> WebhookSource? {
    sources.first { $0.name.utf8.elementsEqual(name.utf8) }
  }
}
