/// Reads the words of a command line as a command describes them.
///
/// An option's value stands in the next word or behind `=`; a value that opens with a dash needs the `=`. `--`
/// ends the options; a lone `-` is an argument. The first call for help or for the version ends the reading.
package enum ArgumentParser {
  /// Reads the words after the command's name.
  ///
  /// - Throws: `ArgumentError` for the first word that does not fit, then for what is missing.
  package static func parse(
    _ arguments: [String], for command: CommandDescription
  ) throws(ArgumentError) -> ParsedArguments {
    var reader = ArgumentReader(arguments, command)
    try reader.readAll()
    return reader.parsed
  }

  /// Tells from all words after the program's name what is to be done.
  ///
  /// `folio help` and `folio help build` ask for help as `--help` does.
  ///
  /// - Throws: `ArgumentError` with `.noCommand`, `.unknownCommand`, or `.unknownOption` for one before a command.
  package static func select(
    from arguments: [String], of program: ProgramDescription
  ) throws(ArgumentError) -> Selection {
    guard let first = arguments.first else { throw ArgumentError(command: nil, .noCommand) }
    guard first.utf8.elementsEqual("help".utf8) else { return try selection(arguments, of: program) }
    guard arguments.count > 1 else { return .help(nil) }
    switch try selection(Array(arguments.dropFirst()) + ["--help"], of: program) {
    case .command(let command, _): return .help(command)
    case let other: return other
    }
  }

  /// What a command line selects.
  package enum Selection: Hashable, Sendable {
    /// Help on a command, or on the program.
    case help(CommandDescription?)
    /// Help on the commands of a group.
    case helpOnGroup(CommandGroup)
    case version
    /// A command, and the words that are its arguments.
    case command(CommandDescription, [String])
  }

  private static func selection(
    _ words: [String], of program: ProgramDescription
  ) throws(ArgumentError) -> Selection {
    if let selection = try standardOption(words[0], of: nil) { return selection }
    if let group = program.group(named: words[0]) {
      return try selection(Array(words.dropFirst()), in: group, of: program)
    }
    let single = program.commandsOfOneWord
    if let command = single.first(where: { $0.name.utf8.elementsEqual(words[0].utf8) }) {
      // `events` is a command, and so is `events replay`.
      let both = words.prefix(2).joined(separator: " ")
      if let longer = program.commands.first(where: { $0.name.utf8.elementsEqual(both.utf8) }),
        words.count > 1
      {
        return .command(longer, Array(words.dropFirst(2)))
      }
      return .command(command, Array(words.dropFirst()))
    }
    let names = program.groups.map(\.name) + single.map(\.name)
    throw ArgumentError(
      command: nil, .unknownCommand(words[0], nearest: nearestName(to: words[0], among: names)))
  }

  private static func selection(
    _ words: [String], in group: CommandGroup, of program: ProgramDescription
  ) throws(ArgumentError) -> Selection {
    guard let word = words.first else { throw ArgumentError(command: group.name, .noCommand) }
    if let selection = try standardOption(word, of: group) { return selection }
    let members = program.members(of: group)
    if let member = members.first(where: { $0.word.utf8.elementsEqual(word.utf8) }) {
      return .command(member.command, Array(words.dropFirst()))
    }
    throw ArgumentError(
      command: group.name, .unknownCommand(word, nearest: nearestName(to: word, among: members.map(\.word))))
  }

  /// What an option before a command asks for; nil for a word that is none.
  private static func standardOption(
    _ word: String, of group: CommandGroup?
  ) throws(ArgumentError) -> Selection? {
    if isName(word, of: StandardOptions.help) { return group.map { .helpOnGroup($0) } ?? .help(nil) }
    if isName(word, of: StandardOptions.version) { return .version }
    guard opensWithDash(word) else { return nil }
    let names = StandardOptions.help.names + StandardOptions.version.names
    let (name, _) = partedAtEquals(word)
    throw ArgumentError(
      command: group?.name, .unknownOption(name, nearest: nearestName(to: name, among: names)))
  }
}

/// Walks over the words of one command.
private struct ArgumentReader {
  private(set) var parsed: ParsedArguments
  private let command: CommandDescription
  private var rest: ArraySlice<String>

  init(_ arguments: [String], _ command: CommandDescription) {
    self.command = command
    rest = arguments[...]
    parsed = ParsedArguments(command: command)
  }

  mutating func readAll() throws(ArgumentError) {
    while parsed.request == .run, let word = rest.popFirst() {
      if word.utf8.elementsEqual("--".utf8) {
        while let argument = rest.popFirst() { try take(argument) }
      } else if opensWithDash(word) {
        try takeOption(word)
      } else {
        try take(word)
      }
    }
    if parsed.request == .run { try checkNothingMissing() }
  }

  private mutating func take(_ argument: String) throws(ArgumentError) {
    let isBounded = command.arguments.last?.isRepeatable != true
    if isBounded, parsed.positionals.count == command.arguments.count {
      throw fault(.unexpectedArgument(argument))
    }
    parsed.positionals.append(argument)
  }

  private mutating func takeOption(_ word: String) throws(ArgumentError) {
    let (name, attached) = partedAtEquals(word)
    guard let option = command.option(named: name) else {
      let nearest = nearestName(to: name, among: command.allOptions.flatMap(\.names))
      throw fault(.unknownOption(name, nearest: nearest))
    }
    if option.isFlag, attached != nil { throw fault(.unexpectedValue(option: name)) }
    if option == StandardOptions.help { return parsed.request = .help }
    if option == StandardOptions.version { return parsed.request = .version }
    if parsed.has(option), !option.isRepeatable { throw fault(.repeatedOption(name)) }
    guard let valueName = option.valueName else { return parsed.add(option) }
    parsed.add(option, value: try value(of: name, valueName, attached))
  }

  /// The value behind `=`, else the next word; an empty one is as good as none.
  private mutating func value(
    of name: String, _ valueName: String, _ attached: String?
  ) throws(ArgumentError) -> String {
    guard let value = attached ?? rest.popFirst(), !value.isEmpty else {
      throw fault(.missingValue(option: name, valueName: valueName))
    }
    if attached == nil, opensWithDash(value) {
      throw fault(.optionInPlaceOfValue(option: name, valueName: valueName, found: value))
    }
    return value
  }

  private func checkNothingMissing() throws(ArgumentError) {
    for option in command.options where option.isRequired && !parsed.has(option) {
      throw fault(.missingOption(option.name, valueName: option.valueName))
    }
    let required = command.arguments.filter(\.isRequired)
    if parsed.positionals.count < required.count {
      throw fault(.missingArgument(required[parsed.positionals.count].name))
    }
  }

  private func fault(_ reason: ArgumentError.Reason) -> ArgumentError {
    ArgumentError(command: command.name, reason)
  }
}

/// Whether a word is an option: `-` alone is not.
private func opensWithDash(_ word: String) -> Bool {
  word.utf8.first == UInt8(ascii: "-") && word.utf8.count > 1
}

private func isName(_ word: String, of option: OptionDescription) -> Bool {
  option.names.contains { $0.utf8.elementsEqual(word.utf8) }
}

/// Parts `--store=billing.db` at its first `=`; a short option is left whole.
private func partedAtEquals(_ word: String) -> (name: String, value: String?) {
  let scalars = word.unicodeScalars
  guard word.utf8.starts(with: "--".utf8), let equals = scalars.firstIndex(of: "=") else {
    return (word, nil)
  }
  return (String(scalars[..<equals]), String(scalars[scalars.index(after: equals)...]))
}
