/// Another program, run to its end.
package enum ChildProcess {
  /// What a program may write to each of its two streams, unless another limit is given.
  package static let defaultOutputBytesLimit = 64 << 20

  /// What a program left behind.
  package struct Result: Equatable, Sendable {
    /// The exit status; 128 plus its number when a signal ended the program, as shells say it.
    package let exitStatus: Int32
    /// All that came from its standard output.
    package let output: [UInt8]
    /// All that came from its standard error.
    package let errorOutput: [UInt8]
    /// What it took.
    package let usage: ResourceUsage
  }

  /// Runs a program and collects what it writes; its arguments never pass through a shell.
  ///
  /// Blocks until the program has ended and its streams are closed, so call it on a thread that may wait.
  ///
  /// - Parameters:
  ///   - program: A path, or a name that is looked up in this process's PATH.
  ///   - arguments: What follows the name of the program.
  ///   - environment: All variables of the program, or nil for those of this process.
  ///   - input: What the program reads from its standard input.
  ///   - outputBytesLimit: The most it may write to each stream; past that it is killed.
  /// - Returns: Its exit status, success or not, and its output.
  /// - Throws: `notFound` for a program that cannot be started, `outputTooLarge`.
  package static func run(
    _ program: String, arguments: [String] = [], environment: [String: String]? = nil, input: [UInt8] = [],
    outputBytesLimit: Int = defaultOutputBytesLimit
  ) throws(ChildProcessError) -> Result {
    let result: Result?
    do throws(SystemError) {
      let variables = (environment ?? Environment.all()).map { "\($0.key)=\($0.value)" }.sorted()
      var child = try RunningChild(program, [program] + arguments, variables, input: input)
      result = try child.collect(outputBytesLimit: outputBytesLimit)
    } catch {
      let isMissing = error.operation == RunningChild.startOperation && error.isNotFound
      throw isMissing ? .notFound(program: program) : .system(error)
    }
    guard let result else { throw .outputTooLarge(program: program, bytesLimit: outputBytesLimit) }
    return result
  }
}

/// Why a program has no result.
package enum ChildProcessError: Error, Equatable {
  /// No such path, or no such name in PATH.
  case notFound(program: String)
  /// The program was killed because it wrote more to one stream than the limit.
  case outputTooLarge(program: String, bytesLimit: Int)
  case system(SystemError)
}
