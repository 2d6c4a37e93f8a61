import Glibc
import OperatingSystem
import Testing

struct SystemErrorTests {
  @Test(arguments: [
    (ENOSPC, "ENOSPC", "No space left on device"), (9_999, "errno 9999", "Unknown error 9999"),
  ])
  func `an error names its code and gives the reason of the system`(code: Int32, name: String, reason: String)
  {
    let error = SystemError(operation: "write", path: "a", code: code)
    #expect(error.name == name)
    #expect(error.reason == reason)
  }

  @Test func `a path that holds NUL is refused rather than cut off`() throws {
    let directory = try TemporaryDirectory()
    try Files.create(directory["a"], mode: 0o600)
    let path = directory["a\0b"]
    #expect(throws: SystemError(operation: "unlink", path: path, code: EINVAL)) { try Files.remove(path) }
    #expect(try Files.exists(directory["a"]))
  }
}
