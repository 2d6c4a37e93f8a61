/// The arguments of one command, each under its name.
package struct ParsedArguments: Hashable, Sendable {
  /// What the command line asks for.
  package enum Request: Hashable, Sendable {
    case run
    /// Help was asked for; the rest of the line was not read.
    case help
    /// The version was asked for; the rest of the line was not read.
    case version
  }

  package internal(set) var request = Request.run
  /// The arguments without a name, in order.
  package internal(set) var positionals: [String] = []
  /// The command as it describes itself.
  package let command: CommandDescription
  private var occurrences: [Occurrence] = []

  private struct Occurrence: Hashable {
    /// The option's `name`, whichever spelling was typed.
    let name: String
    let value: String?
  }

  init(command: CommandDescription) { self.command = command }

  /// The value of an option that is given at most once; nil when it is absent.
  package func value(_ name: String) -> String? { values(name).first }

  /// The values of an option in the order of the command line.
  package func values(_ name: String) -> [String] { occurrences(of: name).compactMap(\.value) }

  /// Whether a flag was given.
  package func flag(_ name: String) -> Bool { !occurrences(of: name).isEmpty }

  /// The value of an option that must be a whole number, in plain digits; nil when it is absent.
  ///
  /// - Throws: `ArgumentError` with `.invalidValue`.
  package func wholeNumber(_ name: String, in range: ClosedRange<Int>) throws(ArgumentError) -> Int? {
    guard let text = value(name) else { return nil }
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    // `Int("+5")` is 5, so the bytes are looked at first.
    guard text.utf8.allSatisfy(digits.contains), let number = Int(text), range.contains(number) else {
      throw invalidValue(of: name, expected: .wholeNumber(range))
    }
    return number
  }

  /// The error that says that an option's value is not what the option takes.
  package func invalidValue(of name: String, expected: ArgumentError.Expectation) -> ArgumentError {
    ArgumentError(command: command.name, .invalidValue(value(name) ?? "", of: name, expected: expected))
  }

  mutating func add(_ option: OptionDescription, value: String? = nil) {
    occurrences.append(Occurrence(name: option.name, value: value))
  }

  func has(_ option: OptionDescription) -> Bool { occurrences.contains { $0.name == option.name } }

  private func occurrences(of name: String) -> [Occurrence] {
    guard let option = command.option(named: name) else {
      preconditionFailure("a command asks only for options that it describes")
    }
    return occurrences.filter { $0.name == option.name }
  }
}
