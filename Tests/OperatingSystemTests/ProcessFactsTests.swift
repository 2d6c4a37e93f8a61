import Glibc
import OperatingSystem
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ProcessFactsTests {
  @Test func `each index is worked on exactly once`() {
    let counts = Mutex([Int](repeating: 0, count: 1_000))
    Threads.forEach(count: 1_000, jobs: 4) { index in counts.withLock { $0[index] += 1 } }
    #expect(counts.withLock { $0.allSatisfy { $0 == 1 } })
    Threads.forEach(count: 0, jobs: 4) { _ in Issue.record("there is nothing to do") }
    #expect(Threads.processorCount > 0)
  }

  @Test func `jobs run at the same time even where they block`() {
    let arrived = Mutex(0)
    Threads.forEach(count: 3, jobs: 3) { _ in
      arrived.withLock { $0 += 1 }
      while arrived.withLock({ $0 }) < 3 { sched_yield() }
    }
    #expect(arrived.withLock { $0 } == 3)
  }

  @Test func `clocks count nanoseconds, and one never runs backwards`() {
    // 2020-01-01 and 2200-01-01, in seconds.
    #expect((1_577_836_800..<7_258_118_400).contains(Clock.now() / 1_000_000_000))
    let earlier = Clock.monotonic()
    #expect(Clock.monotonic() >= earlier)
  }

  @Test func `a variable that is not set differs from an empty one`() async {
    await #expect(processExitsWith: .success) {
      unsafe setenv("FOLIO_TEST_EMPTY", "", 1)
      unsafe setenv("FOLIO_TEST_PAIR", "a=b", 1)
      #expect(Environment.value("FOLIO_TEST_EMPTY") == "")
      #expect(Environment.value("FOLIO_TEST_MISSING") == nil)
      #expect(Environment.all()["FOLIO_TEST_PAIR"] == "a=b")
    }
  }

  @Test(arguments: [0, 1, 32, 1_000])
  func `random bytes come in the number asked for and differ`(count: Int) {
    let bytes = RandomBytes.make(count: count)
    #expect(bytes.count == count)
    if count >= 32 { #expect(bytes != RandomBytes.make(count: count)) }
  }

  @Test func `the path of the running program exists`() throws {
    #expect(try Files.status(Executable.path()).isRegular)
  }

  @Test func `a file is no terminal and has no width`() throws {
    let descriptor = unsafe open("/dev/null", O_RDONLY)
    defer { close(descriptor) }
    #expect(!Terminal.isTerminal(descriptor))
    #expect(Terminal.width(of: descriptor) == nil)
  }

  @Test func `a reader that has left is an error and not the end of the process`() async {
    await #expect(processExitsWith: .success) {
      Terminal.ignoreBrokenPipes()
      var ends: [Int32] = [0, 0]
      #expect(unsafe pipe(&ends) == 0)
      close(ends[0])
      let saved = dup(STDOUT_FILENO)
      dup2(ends[1], STDOUT_FILENO)
      let error = #expect(throws: SystemError.self) { try Terminal.writeOutput([1]) }
      dup2(saved, STDOUT_FILENO)
      #expect(error == SystemError(operation: "write", path: "standard output", code: EPIPE))
    }
  }

  @Test func `standard input is read through a descriptor of its own`() async {
    await #expect(processExitsWith: .success) {
      let directory = try TemporaryDirectory()
      try Files.create(directory["input"], Array("a\nb".utf8), mode: 0o600)
      dup2(unsafe open(directory["input"], O_RDONLY), STDIN_FILENO)
      var reader = LineReader(reading: try FileDescriptor.standardInput())
      #expect(try reader.nextLine().map(Array.init) == [UInt8(ascii: "a")])
    }
  }
}
