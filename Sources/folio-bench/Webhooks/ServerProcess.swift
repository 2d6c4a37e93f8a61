import Glibc
import OperatingSystem

/// A server that was started for a measurement, with its output in a file.
final class ServerProcess {
  private let process: pid_t
  private let log: String

  /// Starts a program through the shell, which puts it into the background and tells its number.
  init(_ program: String, _ arguments: [String], log: String) throws {
    let script = #"log=$1; shift; "$@" >"$log" 2>&1 & echo $!"#
    let result = try ChildProcess.run("/bin/sh", arguments: ["-c", script, "sh", log, program] + arguments)
    guard let number = pid_t(String(decoding: result.output, as: UTF8.self).dropLast()) else {
      throw BenchmarkError.unexpectedOutput
    }
    (process, self.log) = (number, log)
  }

  deinit { kill(process, SIGKILL) }

  /// What it has said so far.
  func output() throws -> String {
    String(decoding: try Files.read(log, bytesLimit: 1 << 30), as: UTF8.self)
  }

  /// Waits until its output holds what `find` looks for.
  func waitForOutput<Value>(_ find: (String) -> Value?) throws -> Value {
    let end = Clock.monotonic() + 30_000_000_000
    while Clock.monotonic() < end {
      if let value = find(try output()) { return value }
      usleep(5_000)
    }
    throw BenchmarkError.failed(arguments: [log], status: -1, words: try output())
  }

  /// Waits until somebody listens at an address.
  func waitForConnection(to address: SocketAddress) throws {
    let end = Clock.monotonic() + 30_000_000_000
    while true {
      do throws(SystemError) {
        _ = try StreamSocket.connected(to: address)
        return
      } catch {
        guard Clock.monotonic() < end else { throw error }
        usleep(5_000)
      }
    }
  }

  /// Memory that it holds, in bytes (VmRSS of proc(5)).
  func residentBytes() throws -> Int {
    let status = String(
      decoding: try Files.read("/proc/\(process)/status", bytesLimit: 1 << 16), as: UTF8.self)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return (line?.split(separator: " ").compactMap { Int($0) }.first ?? 0) * 1_024
  }

  /// Asks it to end, and waits until it has.
  func stop() {
    kill(process, SIGTERM)
    let end = Clock.monotonic() + 30_000_000_000
    while kill(process, 0) == 0, Clock.monotonic() < end { usleep(5_000) }
  }
}
