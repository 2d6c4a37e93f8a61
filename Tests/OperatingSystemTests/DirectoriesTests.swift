import Glibc
import OperatingSystem
import Testing

struct DirectoriesTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  @Test func `a listing is ordered by bytes`() throws {
    for name in ["b", "B", "é", "e\u{301}", "_", "10", "9"] {
      try Files.create(directory[name], mode: 0o600)
    }
    let names = try Directories.list(directory.path)
    #expect(
      names.map { Array($0.utf8) } == ["10", "9", "B", "_", "b", "e\u{301}", "é"].map { Array($0.utf8) })
  }

  @Test func `a name that is not UTF-8 is refused in a listing and still removed with its tree`() throws {
    try Directories.create(directory["tree"], mode: 0o700)
    let name = Array(directory["tree/"].utf8) + [0xFF, 0]
    let descriptor = unsafe creat(name.map { CChar(bitPattern: $0) }, 0o600)
    #expect(descriptor >= 0)
    close(descriptor)
    let error = #expect(throws: SystemError.self) { try Directories.list(directory["tree"]) }
    #expect(error?.name == "EILSEQ")
    try Directories.removeTree(directory["tree"])
    #expect(try !Files.exists(directory["tree"]))
  }

  @Test func `parents are created and an existing directory is accepted if asked`() throws {
    try Directories.create(directory["a/b/c"], mode: 0o750, intermediates: true)
    try Directories.create(directory["a/b/c/"], mode: 0o700, intermediates: true)
    #expect(try Files.status(directory["a/b"]).mode == 0o750)
    #expect(try Files.status(directory["a/b/c"]).mode == 0o750)
    let error = #expect(throws: SystemError.self) { try Directories.create(directory["a"], mode: 0o700) }
    #expect(error?.isAlreadyThere == true)
    try Files.create(directory["file"], mode: 0o600)
    #expect(throws: SystemError.self) {
      try Directories.create(directory["file"], mode: 0o700, intermediates: true)
    }
  }

  @Test func `exchange swaps two directories`() throws {
    try Directories.create(directory["live/old"], mode: 0o700, intermediates: true)
    try Directories.create(directory["staged/new"], mode: 0o700, intermediates: true)
    try Directories.exchange(directory["live"], directory["staged"])
    #expect(try Directories.list(directory["live"]) == ["new"])
    #expect(try Directories.list(directory["staged"]) == ["old"])
  }

  @Test func `exchange with a missing directory is not taken for a missing feature`() throws {
    try Directories.create(directory["live"], mode: 0o700)
    let error = #expect(throws: SystemError.self) {
      try Directories.exchange(directory["live"], directory["staged"])
    }
    #expect(error?.name == "ENOENT")
    #expect(error?.isNotSupported == false)
    #expect(SystemError(operation: "renameat2", path: nil, code: EINVAL).isNotSupported)
  }

  @Test func `rename refuses a taken name if asked`() throws {
    try Directories.create(directory["a/full"], mode: 0o700, intermediates: true)
    try Directories.create(directory["b"], mode: 0o700)
    let error = #expect(throws: SystemError.self) {
      try Directories.rename(directory["a"], to: directory["b"], replacing: false)
    }
    #expect(error?.isAlreadyThere == true)
    try Directories.rename(directory["a"], to: directory["b"])
    #expect(try Directories.list(directory.path) == ["b"])
    try Directories.sync(directory.path)
  }

  @Test(arguments: ["link", "link/"])
  func `removing a tree removes a link and not what it points at`(name: String) throws {
    try Directories.create(directory["kept"], mode: 0o700)
    try Files.create(directory["kept/file"], mode: 0o600)
    #expect(unsafe symlink(directory["kept"], directory["link"]) == 0)
    try Directories.removeTree(directory[name])
    #expect(try Directories.list(directory.path) == ["kept"])
    #expect(try Directories.list(directory["kept"]) == ["file"])
  }

  @Test func `removing a tree does not follow a link that was planted inside`() throws {
    try Directories.create(directory["kept"], mode: 0o700)
    try Files.create(directory["kept/file"], mode: 0o600)
    try Directories.create(directory["tree/a/b"], mode: 0o700, intermediates: true)
    try Files.create(directory["tree/a/b/file"], mode: 0o600)
    #expect(unsafe symlink(directory["kept"], directory["tree/a/link"]) == 0)
    try Directories.removeTree(directory["tree"])
    #expect(try Directories.list(directory.path) == ["kept"])
    #expect(try Directories.list(directory["kept"]) == ["file"])
  }

  @Test func `removing a tree that is not there is fine`() throws {
    try Directories.removeTree(directory["missing"])
  }

  @Test func `the real path has no links and must exist`() throws {
    try Directories.create(directory["a"], mode: 0o700)
    #expect(unsafe symlink("a", directory["link"]) == 0)
    let real = try Directories.realPath(directory.path)
    #expect(try Directories.realPath(directory["link/../link/."]) == real + "/a")
    let error = #expect(throws: SystemError.self) { try Directories.realPath(directory["missing"]) }
    #expect(error?.isNotFound == true)
    #expect(try Directories.current().utf8.first == UInt8(ascii: "/"))
  }

  @Test func `a directory in memory is told from others`() throws {
    #expect(try Directories.isInMemory("/dev/shm"))
    #expect(try !Directories.isInMemory("/proc"))
    let missing = SystemError(operation: "statfs", path: "/no/such", code: ENOENT)
    #expect(throws: missing) { try Directories.isInMemory("/no/such") }
  }
}
