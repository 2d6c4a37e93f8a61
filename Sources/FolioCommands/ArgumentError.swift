/// A command line that cannot be understood.
package struct ArgumentError: Error, Hashable, Sendable {
  /// The command whose arguments they are; nil before one was found.
  package let command: String?
  package let reason: Reason

  package init(command: String?, _ reason: Reason) {
    self.command = command
    self.reason = reason
  }

  /// What is wrong. Words of the command line are kept as they were typed.
  package enum Reason: Hashable, Sendable {
    case noCommand
    case unknownCommand(String, nearest: String?)
    case unknownOption(String, nearest: String?)
    case missingValue(option: String, valueName: String)
    /// The word after the option opens with a dash, so it is not taken for its value.
    case optionInPlaceOfValue(option: String, valueName: String, found: String)
    /// A flag was given a value: `--json=yes`.
    case unexpectedValue(option: String)
    case repeatedOption(String)
    case missingOption(String, valueName: String?)
    case unexpectedArgument(String)
    case missingArgument(String)
    case invalidValue(String, of: String, expected: Expectation)
    /// JOB_COMPLETION_INDEX counts shards and nothing says of how many.
    case shardCountMissing
    /// A number of shards, and nothing says which of them.
    case shardIndexMissing
  }

  /// What a value must be.
  package enum Expectation: Hashable, Sendable {
    case wholeNumber(ClosedRange<Int>)
    case instant
    case identifier
    case currency
    case month
    case amount
    case shard
    /// Address and port of this machine alone.
    case loopbackAddress
    /// Address and port, numeric.
    case address
    case oneOf([String])
    /// An address that opens with `http://` or `https://`.
    case httpAddress
    /// Visible ASCII without a dot.
    case messageID
  }
}
