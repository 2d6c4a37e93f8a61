extension ErrorPresentation {
  /// What to say when a command line was not understood; ends without a line feed.
  package static func text(for error: ArgumentError) -> String {
    let called = ["folio", error.command].compactMap(\.self).joined(separator: " ")
    return "\(called): \(sentences(for: error.reason))\nSee '\(called) --help'."
  }

  private static func sentences(for reason: ArgumentError.Reason) -> String {
    switch reason {
    case .noCommand:
      "A command is missing."
    case .unknownCommand(let name, let nearest):
      "There is no command \(quoted(name)).\(suggestion(nearest))"
    case .unknownOption(let name, let nearest):
      "There is no option \(quoted(name)).\(suggestion(nearest))"
    case .missingValue(let option, let valueName):
      "\(option) needs a value: \(option) \(valueName)."
    case .optionInPlaceOfValue(let option, let valueName, let found):
      "\(option) needs a value: \(option) \(valueName). "
        + "If \(quoted(found)) is that value, write \(quoted(option + "=" + found))."
    case .unexpectedValue(let option):
      "\(option) takes no value."
    case .repeatedOption(let option):
      "\(option) is given more than once."
    case .missingOption(let option, let valueName):
      "\([option, valueName].compactMap(\.self).joined(separator: " ")) is missing."
    case .unexpectedArgument(let argument):
      "\(quoted(argument)) is one argument too many."
    case .missingArgument(let name):
      "\(name) is missing."
    case .shardCountMissing:
      "JOB_COMPLETION_INDEX is set: say with --shard-count N of how many shards, or --shard 1/1 to build all."
    case .shardIndexMissing:
      "--shard-count needs JOB_COMPLETION_INDEX, which is not set. Name the shard with --shard I/N."
    case .invalidValue(let value, let option, let expected):
      "\(option) must be \(words(for: expected)), not \(quoted(value))."
    }
  }

  private static func suggestion(_ nearest: String?) -> String {
    nearest.map { " Did you mean '\($0)'?" } ?? ""
  }

  private static func words(for expectation: ArgumentError.Expectation) -> String {
    switch expectation {
    case .wholeNumber(let range):
      "a whole number from \(grouped(range.lowerBound)) to \(grouped(range.upperBound))"
    case .instant: "an instant such as 2024-02-16T12:00:00Z"
    case .identifier: "an identifier: 1 to 64 letters, digits, '_' and '-', not opening with '-'"
    case .currency: "an ISO 4217 currency such as USD"
    case .month: "a month such as 2024-01"
    case .loopbackAddress:
      "an address of this machine alone with a port, such as 127.0.0.1:8080 or [::1]:8080"
    case .address: "an IP address with a port, such as 127.0.0.1:8484 or [::]:8484"
    case .shard: "a shard such as 2/4, the number first, from 1 to at most 4,096"
    case .oneOf(let words): words.joined(separator: " or ")
    case .httpAddress: "an address such as http://127.0.0.1:8080/webhooks/billing"
    case .messageID: "1 to 256 visible ASCII characters without '.'"
    case .amount: "an amount such as 421.00, in plain digits with at most one point"
    }
  }
}
