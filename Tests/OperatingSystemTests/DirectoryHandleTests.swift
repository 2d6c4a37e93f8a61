import Glibc
import OperatingSystem
import Testing

struct DirectoryHandleTests {
  private let directory: TemporaryDirectory
  private let handle: DirectoryHandle

  init() throws {
    directory = try TemporaryDirectory()
    handle = try DirectoryHandle.create(directory["tree"], mode: 0o750)
  }

  @Test func `a tree is written and synced`() throws {
    let below = try handle.subdirectory("below", mode: 0o750)
    try below.createFile("file", [1, 2], .init(mode: 0o640), isSynced: true)
    try below.sync()
    try handle.syncFileSystem()
    #expect(try Files.read(directory["tree/below/file"]) == [1, 2])
    #expect(try Files.status(directory["tree/below/file"]).mode == 0o640)
  }

  @Test func `an existing subdirectory is opened again`() throws {
    try handle.subdirectory("below", mode: 0o700).createFile("a", [], .init(mode: 0o600))
    try handle.subdirectory("below", mode: 0o755).createFile("b", [], .init(mode: 0o600))
    #expect(try Directories.list(directory["tree/below"]) == ["a", "b"])
    #expect(try Files.status(directory["tree/below"]).mode == 0o755)
  }

  @Test func `a file replaces nothing, not even a link that points nowhere`() throws {
    #expect(unsafe symlink(directory["elsewhere"], directory["tree/link"]) == 0)
    let error = #expect(throws: SystemError.self) { try handle.createFile("link", [1], .init(mode: 0o600)) }
    #expect(error == SystemError(operation: "openat", path: directory["tree/link"], code: EEXIST))
    #expect(try !Files.exists(directory["elsewhere"]))
  }

  @Test func `a link planted in place of a directory is refused`() throws {
    #expect(unsafe symlink(directory.path, directory["tree/link"]) == 0)
    let error = #expect(throws: SystemError.self) { try handle.subdirectory("link", mode: 0o700) }
    #expect(error?.name == "ENOTDIR")
    #expect(throws: SystemError.self) { try DirectoryHandle(opening: directory["tree/link"]) }
  }

  @Test(arguments: ["", ".", "..", "a/b", "/", "../\u{301}x", "a\0b"])
  func `a name that is not one plain component is refused`(name: String) throws {
    let error = #expect(throws: SystemError.self) { try handle.createFile(name, [], .init(mode: 0o600)) }
    #expect(error?.name == "EINVAL")
    #expect(throws: SystemError.self) { try handle.subdirectory(name, mode: 0o700) }
    #expect(throws: SystemError.self) { try handle.link(from: handle, name, to: "b") }
    #expect(try Directories.list(directory["tree"]) == [])
  }

  @Test func `a hard link is a second name of the same file`() throws {
    let other = try DirectoryHandle.create(directory["other"], mode: 0o700)
    try handle.createFile("a", [7], .init(mode: 0o600))
    try other.link(from: handle, "a", to: "b")
    let (first, second) = (try Files.status(directory["tree/a"]), try Files.status(directory["other/b"]))
    #expect(first.inode == second.inode && second.linkCount == 2)
    let error = #expect(throws: SystemError.self) { try other.link(from: handle, "a", to: "b") }
    #expect(error?.isAlreadyThere == true)
  }

  @Test func `writes stay in the opened directory when its name is taken by another`() throws {
    try Directories.rename(directory["tree"], to: directory["moved"])
    #expect(unsafe symlink("/", directory["tree"]) == 0)
    try handle.createFile("file", [1], .init(mode: 0o600))
    #expect(try Directories.list(directory["moved"]) == ["file"])
  }
}
