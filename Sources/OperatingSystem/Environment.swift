import CLinux
import Glibc

/// The variables this process was started with.
package enum Environment {
  /// The value of one variable: nil where it is not set or not UTF-8, empty where it is set to nothing.
  package static func value(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(validatingCString: value)
  }

  /// All variables; those that are not UTF-8 are left out.
  package static func all() -> [String: String] {
    var all: [String: String] = [:]
    guard var entry = unsafe linux_environment() else { return all }
    while let pointer = unsafe entry.pointee {
      if let text = unsafe String(validatingCString: pointer),
        let equals = text.utf8.firstIndex(of: UInt8(ascii: "="))
      {
        all[String(text[..<equals])] = String(text[text.utf8.index(after: equals)...])
      }
      unsafe entry += 1
    }
    return all
  }
}
