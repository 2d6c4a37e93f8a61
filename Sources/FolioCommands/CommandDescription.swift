/// What a command says of itself: enough to read its arguments and to write its help.
package struct CommandDescription: Hashable, Sendable {
  /// A command line that works, and what it does.
  package struct Example: Hashable, Sendable {
    /// As typed, with the program's name.
    package let commandLine: String
    package let explanation: String

    package init(_ commandLine: String, _ explanation: String) {
      self.commandLine = commandLine
      self.explanation = explanation
    }
  }

  /// What calls it: `build`, or the word of its group and its own, `invoice void`.
  package let name: String
  /// What it does, in one sentence.
  package let abstract: String
  /// What there is to know beyond that, in paragraphs parted by line feeds; may be empty.
  package let discussion: String
  /// In the order of the command line.
  package let arguments: [ArgumentDescription]
  /// In the order of help; `StandardOptions` are not listed.
  package let options: [OptionDescription]
  package let examples: [Example]

  /// Describes a command; at most its last argument takes any number of words.
  package init(
    name: String, abstract: String, discussion: String = "", arguments: [ArgumentDescription] = [],
    options: [OptionDescription] = [], examples: [Example] = []
  ) {
    precondition(
      arguments.dropLast().allSatisfy { !$0.isRepeatable }, "only the last argument takes many words")
    self.name = name
    self.abstract = abstract
    self.discussion = discussion
    self.arguments = arguments
    self.options = options
    self.examples = examples
  }

  /// The option with this spelling, `StandardOptions` included, or nil.
  package func option(named name: String) -> OptionDescription? {
    allOptions.first { $0.names.contains { $0.utf8.elementsEqual(name.utf8) } }
  }

  /// Its own options, then those that every command has.
  package var allOptions: [OptionDescription] { options + [StandardOptions.help, StandardOptions.version] }
}

/// What the program says of itself.
package struct ProgramDescription: Hashable, Sendable {
  /// The word that calls it: `folio`.
  package let name: String
  /// `1.0.0`.
  package let version: String
  /// What it does, in one sentence.
  package let abstract: String
  /// What there is to know beyond that, in paragraphs parted by line feeds; may be empty.
  package let discussion: String
  /// In the order of help.
  package let commands: [CommandDescription]
  /// Of the commands that are called by two words, what the first one says; in the order of help.
  package let groups: [CommandGroup]

  package init(
    name: String, version: String, abstract: String, discussion: String = "", commands: [CommandDescription],
    groups: [CommandGroup] = []
  ) {
    self.name = name
    self.version = version
    self.abstract = abstract
    self.discussion = discussion
    self.commands = commands
    self.groups = groups
  }
}
