import FolioStore
import JSON
import OperatingSystem

extension WebhookSecrets {
  /// The largest file of secrets, in bytes.
  package static let fileBytesLimit = 1 << 20

  /// Reads a file of secrets that only its owner can read.
  ///
  /// - Parameters:
  ///   - user: who runs; the file is its own, or root's.
  ///   - credentialsDirectory: systemd's folder of this service, if there is one. It lets the service read by an
  ///     access control list, which shows as a group that may read.
  package static func load(
    _ path: String, user: UInt32, credentialsDirectory: String? = nil
  ) throws(WebhookSecretsError) -> WebhookSecrets {
    let isCredential = credentialsDirectory.map { Paths.directory(of: path).utf8.elementsEqual($0.utf8) }
    // Asked by name first: opening a pipe would wait for its writer.
    let named = try system { () throws(SystemError) in
      try Files.status(path, followingSymbolicLinks: true)
    }
    try requireRegular(named, path)
    let file = try system { () throws(SystemError) in try FileDescriptor.openForReading(path) }
    let status = try system { () throws(SystemError) in try file.status() }
    try requireRegular(status, path)
    guard status.ownerID == user || status.ownerID == 0 else {
      throw .foreignOwner(path: path, owner: status.ownerID)
    }
    let forbidden: FileMode = isCredential == true ? 0o037 : 0o077
    guard status.mode & forbidden == 0 else { throw .readableByOthers(path: path, mode: status.mode) }
    let bytes = try system { () throws(SystemError) in try Files.read(file, bytesLimit: fileBytesLimit) }
    return try parse(bytes, path: path)
  }

  private static func requireRegular(_ status: FileStatus, _ path: String) throws(WebhookSecretsError) {
    if !status.isRegular { throw .notARegularFile(path: path) }
  }

  private static func system<Result: ~Copyable>(
    _ call: () throws(SystemError) -> Result
  ) throws(WebhookSecretsError) -> Result {
    do throws(SystemError) { return try call() } catch { throw .system(error) }
  }
}
