import CLinux
import Glibc

/// A program that was started; dropped before its end, it is killed.
struct RunningChild: ~Copyable {
  /// The operation in the error of a program that could not be started.
  static let startOperation = "posix_spawn"

  private let process: pid_t
  private let output: FileDescriptor
  private let errorOutput: FileDescriptor
  private var hasEnded = false

  /// Starts a program; `arguments` begins with its name, `variables` are `NAME=value`.
  init(
    _ program: String, _ arguments: [String], _ variables: [String], input: [UInt8]
  ) throws(SystemError) {
    let input = try Self.memoryFile(input)
    let output = try Pipe()
    let errorOutput = try Pipe()
    process = try Self.spawn(
      program, try CStringArray(arguments), try CStringArray(variables),
      streams: [input.number, output.writing.number, errorOutput.writing.number])
    extendLifetime(input)
    // The parent's writing ends close here: while it held them, the streams would never end.
    self.output = output.takeReading()
    self.errorOutput = errorOutput.takeReading()
  }

  deinit {
    guard !hasEnded else { return }
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }

  /// Reads both streams to their end and waits; nil when one of them is longer than the limit.
  mutating func collect(outputBytesLimit: Int) throws(SystemError) -> ChildProcess.Result? {
    var collected: [[UInt8]] = [[], []]
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var waitedFor = [output.number, errorOutput.number].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    // poll(2) skips descriptors below zero.
    while waitedFor.contains(where: { $0.fd >= 0 }) {
      try systemCall("poll") { unsafe poll(&waitedFor, nfds_t(waitedFor.count), -1) }
      for index in waitedFor.indices where waitedFor[index].revents != 0 {
        let count = index == 0 ? try output.read(into: &chunk) : try errorOutput.read(into: &chunk)
        collected[index] += chunk[..<count]
        if count == 0 { waitedFor[index] = pollfd(fd: -1, events: 0, revents: 0) }
        if collected[index].count > outputBytesLimit { return nil }
      }
    }
    let (status, usage) = try wait()
    return ChildProcess.Result(
      exitStatus: status, output: collected[0], errorOutput: collected[1], usage: usage)
  }

  private mutating func wait() throws(SystemError) -> (exitStatus: Int32, usage: ResourceUsage) {
    var (status, usage): (Int32, rusage) = (0, rusage())
    try systemCall("wait4") { unsafe wait4(process, &status, 0, &usage) }
    hasEnded = true
    // wait(2): the signal in the low seven bits, the exit status in the next byte.
    let signal = status & 0x7F
    return (signal == 0 ? (status >> 8) & 0xFF : 128 + signal, ResourceUsage(usage))
  }

  private static func spawn(
    _ program: String, _ arguments: borrowing CStringArray, _ variables: borrowing CStringArray,
    streams: [Int32]
  ) throws(SystemError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (target, stream) in streams.enumerated() {
      unsafe posix_spawn_file_actions_adddup2(&actions, stream, Int32(target))
    }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var process: pid_t = 0
    let code = unsafe posix_spawnp(
      &process, program, &actions, &attributes, arguments.pointers, variables.pointers)
    guard code == 0 else { throw SystemError(operation: startOperation, path: program, code: code) }
    return process
  }

  /// The input as a file in memory, which unlike a pipe can neither block the parent nor break.
  private static func memoryFile(_ bytes: [UInt8]) throws(SystemError) -> FileDescriptor {
    let number = try systemCall("memfd_create") { unsafe linux_memory_file("input") }
    let file = FileDescriptor(owning: number, path: "input")
    try file.writeAll(bytes)
    try systemCall("lseek") { lseek(file.number, 0, SEEK_SET) }
    return file
  }
}

/// Both ends of a pipe, closed in programs that are started.
private struct Pipe: ~Copyable {
  let reading: FileDescriptor
  let writing: FileDescriptor

  init() throws(SystemError) {
    var ends: [Int32] = [0, 0]
    try systemCall("pipe2") { unsafe linux_pipe2(&ends, O_CLOEXEC) }
    reading = FileDescriptor(owning: ends[0], path: "pipe")
    writing = FileDescriptor(owning: ends[1], path: "pipe")
  }

  /// Keeps the reading end and closes the other.
  consuming func takeReading() -> FileDescriptor {
    reading
  }
}

/// Strings as C wants argument lists: pointers, ended by a null pointer.
@safe
private struct CStringArray: ~Copyable {
  // Safety: the array and each string in it are allocated here and freed by `deinit` alone; the last element is
  // null. Callers use `pointers` only during a call that borrows this value.
  @unsafe let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  /// Copies the strings.
  ///
  /// - Throws: `EINVAL` for one that holds NUL.
  init(_ strings: [String]) throws(SystemError) {
    for string in strings where string.utf8.contains(0) {
      throw SystemError(operation: RunningChild.startOperation, path: nil, code: EINVAL)
    }
    count = strings.count
    unsafe pointers = .allocate(capacity: count + 1)
    unsafe pointers.initialize(repeating: nil, count: count + 1)
    for (index, string) in strings.enumerated() { unsafe pointers[index] = strdup(string) }
  }

  deinit {
    for index in 0..<count { unsafe free(pointers[index]) }
    unsafe pointers.deallocate()
  }
}
