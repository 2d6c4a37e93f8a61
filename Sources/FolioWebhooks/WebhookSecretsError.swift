package import FolioStore
package import JSON
package import OperatingSystem

/// Why a file of secrets cannot be used; none holds a secret.
package enum WebhookSecretsError: Error, Equatable, Sendable {
  /// A folder, a pipe or a device.
  case notARegularFile(path: String)
  /// Somebody else than its owner may read it.
  case readableByOthers(path: String, mode: FileMode)
  /// It belongs to another user than the one that runs, or root.
  case foreignOwner(path: String, owner: UInt32)
  case system(SystemError)
  case syntax(path: String, JSONSyntaxError)
  case field(path: String, FieldError)
  /// A key that means nothing there.
  case unknownKey(path: String, field: String, known: [String])
  /// A name or a secret that stands in the file before.
  case duplicate(path: String, field: String)
  case unusableSecret(path: String, field: String, SecretFault)
}

/// What a secret has wrong.
package enum SecretFault: Equatable, Sendable {
  /// Nothing, or nothing behind `whsec_`.
  case empty
  /// No base 64, which Standard Webhooks asks for.
  case notBase64
  /// White space or anything else that is not visible ASCII: often a line feed that was copied along.
  case whiteSpace
}
