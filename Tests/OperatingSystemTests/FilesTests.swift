import Glibc
import OperatingSystem
import Testing

struct FilesTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  @Test(arguments: [0, 1, 4_096, 300_000])
  func `a file is read as it was written`(size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try Files.create(directory["a"], bytes, mode: 0o640)
    #expect(try Files.read(directory["a"]) == bytes)
    let status = try Files.status(directory["a"])
    #expect(status.isRegular && status.size == Int64(size) && status.mode == 0o640)
  }

  @Test func `a file whose size the kernel does not tell is read to its end`() throws {
    #expect(try Files.read("/proc/self/stat").last == UInt8(ascii: "\n"))
  }

  @Test func `a file is read up to the limit and refused past it`() throws {
    let path = directory["a"]
    try Files.create(path, [1, 2, 3], mode: 0o600)
    #expect(try Files.read(path, bytesLimit: 3) == [1, 2, 3])
    #expect(throws: SystemError(operation: "read", path: path, code: EFBIG)) {
      try Files.read(path, bytesLimit: 2)
    }
    let error = #expect(throws: SystemError.self) { try Files.read("/proc/self/stat", bytesLimit: 2) }
    #expect(error?.name == "EFBIG")
  }

  @Test func `a missing file is told from an empty one`() throws {
    #expect(try Files.statusIfPresent(directory["missing"]) == nil)
    #expect(try !Files.exists(directory["missing"]))
    let error = #expect(throws: SystemError.self) { try Files.read(directory["missing"]) }
    #expect(error == SystemError(operation: "open", path: directory["missing"], code: ENOENT))
  }

  @Test func `the status of a link is its own unless it is followed`() throws {
    try Files.create(directory["target"], mode: 0o600)
    #expect(unsafe symlink("target", directory["link"]) == 0)
    #expect(try Files.status(directory["link"]).isSymbolicLink)
    #expect(try Files.status(directory["link"], followingSymbolicLinks: true).isRegular)
    #expect(try Files.status(directory.path).isDirectory)
  }

  @Test func `creating refuses a link that points nowhere`() throws {
    #expect(unsafe symlink(directory["elsewhere"], directory["link"]) == 0)
    let error = #expect(throws: SystemError.self) { try Files.create(directory["link"], [1], mode: 0o600) }
    #expect(error?.isAlreadyThere == true)
    #expect(try !Files.exists(directory["elsewhere"]))
  }

  @Test func `an atomic write replaces content and mode and leaves nothing beside`() throws {
    try Files.create(directory["a"], [1], mode: 0o600)
    try Files.writeAtomically([2, 3], to: directory["a"], mode: 0o644)
    #expect(try Files.read(directory["a"]) == [2, 3])
    #expect(try Files.status(directory["a"]).mode == 0o644)
    #expect(try Directories.list(directory.path) == ["a"])
  }

  @Test func `an atomic write that fails leaves the target and no temporary file`() throws {
    try Directories.create(directory["a/b"], mode: 0o700, intermediates: true)
    let error = #expect(throws: SystemError.self) {
      try Files.writeAtomically([1], to: directory["a"], mode: 0o600)
    }
    #expect(error?.operation == "rename")
    #expect(try Directories.list(directory.path) == ["a"])
  }

  @Test func `a full device is an error`() throws {
    let file = FileDescriptor(owning: unsafe open("/dev/full", O_WRONLY), path: "/dev/full")
    do {
      try file.writeAll([1])
      Issue.record("the write succeeded")
    } catch {
      #expect(error == SystemError(operation: "write", path: "/dev/full", code: ENOSPC))
    }
  }

  @Test func `removing a link leaves its target`() throws {
    try Files.create(directory["target"], mode: 0o600)
    #expect(unsafe symlink("target", directory["link"]) == 0)
    try Files.remove(directory["link"])
    #expect(try Directories.list(directory.path) == ["target"])
  }

  @Test func `the umask does not change modes`() async {
    await #expect(processExitsWith: .success) {
      umask(0o777)
      let directory = try TemporaryDirectory()
      try Files.create(directory["created"], mode: 0o666)
      try Files.writeAtomically([1], to: directory["written"], mode: 0o644)
      try Directories.create(directory["a/b"], mode: 0o755, intermediates: true)
      let handle = try DirectoryHandle.create(directory["handle"], mode: 0o777)
      try handle.createFile("file", [1], .init(mode: 0o640))
      _ = try handle.subdirectory("below", mode: 0o750)
      let modes = try ["created", "written", "a", "a/b", "handle", "handle/file", "handle/below"].map {
        try Files.status(directory[$0]).mode
      }
      #expect(modes == [0o666, 0o644, 0o755, 0o755, 0o777, 0o640, 0o750])
    }
  }
}
