import OperatingSystem

/// A new directory for one test, removed with everything in it when the value goes away.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    let name = RandomBytes.make(count: 8).map { String($0, radix: 16) }.joined()
    path = (Environment.value("TMPDIR") ?? "/tmp") + "/folio-test-" + name
    try Directories.create(path, mode: 0o700)
  }

  deinit {
    do { try Directories.removeTree(path) } catch { print("left behind: \(path)") }
  }

  /// The path of a name in the directory.
  subscript(name: String) -> String { path + "/" + name }
}
