import OperatingSystem
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ChildProcessTests {
  @Test func `arguments reach the program as they are`() throws {
    let result = try ChildProcess.run("printf", arguments: ["%s|", "a b", "$HOME", "", "'\n"])
    #expect(String(decoding: result.output, as: UTF8.self) == "a b|$HOME||'\n|")
    #expect(result.exitStatus == 0 && result.errorOutput.isEmpty)
  }

  @Test func `big output on both streams does not block`() throws {
    let script = "head -c 1000000 /dev/zero >&2; head -c 1500000 /dev/zero; head -c 1000000 /dev/zero >&2"
    let result = try ChildProcess.run("sh", arguments: ["-c", script])
    #expect(result.output.count == 1_500_000)
    #expect(result.errorOutput.count == 2_000_000)
  }

  @Test(arguments: [0, 1, 1_000_000])
  func `input comes back through a filter`(count: Int) throws {
    let input = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    #expect(try ChildProcess.run("cat", input: input).output == input)
  }

  @Test func `input that the program does not read is no error`() throws {
    #expect(try ChildProcess.run("true", input: [UInt8](repeating: 0, count: 1_000_000)).exitStatus == 0)
  }

  @Test(arguments: [("exit 3", 3), ("kill -9 $$", 137)] as [(String, Int32)])
  func `the exit status tells failures and signals`(script: String, status: Int32) throws {
    #expect(try ChildProcess.run("sh", arguments: ["-c", script]).exitStatus == status)
  }

  @Test func `the result tells what the program took`() throws {
    let script = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"
    let usage = try ChildProcess.run("sh", arguments: ["-c", script]).usage
    #expect(usage.processorNanoseconds > 1_000_000)
    #expect(usage.processorNanoseconds == usage.userNanoseconds + usage.systemNanoseconds)
    #expect((100_000...10_000_000_000).contains(usage.peakMemoryBytes))
  }

  @Test func `the environment is the given one`() throws {
    let result = try ChildProcess.run("/usr/bin/env", environment: ["B": "2", "A": "x=y"])
    #expect(String(decoding: result.output, as: UTF8.self) == "A=x=y\nB=2\n")
  }

  @Test(arguments: ["no-such-program-of-ours", "/no/such/program"])
  func `a missing program is named`(program: String) {
    #expect(throws: ChildProcessError.notFound(program: program)) { try ChildProcess.run(program) }
  }

  @Test func `a program that writes without end is stopped at the limit`() throws {
    #expect(try ChildProcess.run("printf", arguments: ["1234"], outputBytesLimit: 4).output.count == 4)
    #expect(throws: ChildProcessError.outputTooLarge(program: "yes", bytesLimit: 4)) {
      try ChildProcess.run("yes", outputBytesLimit: 4)
    }
  }

  @Test func `a program does not inherit our descriptors`() throws {
    let directory = try TemporaryDirectory()
    let lock = try FileLock.acquireExclusive(directory["lock"], waiting: .zero)
    let result = try ChildProcess.run("ls", arguments: ["-l", "/proc/self/fd"])
    extendLifetime(lock)
    #expect(!String(decoding: result.output, as: UTF8.self).contains("/lock"))
  }
}
