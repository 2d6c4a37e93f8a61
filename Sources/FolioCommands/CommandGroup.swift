/// Commands that share their first word: `invoice preview`, `invoice void`.
package struct CommandGroup: Hashable, Sendable {
  /// The word that they share.
  package let name: String
  /// What they are about, in one sentence.
  package let abstract: String

  package init(_ name: String, abstract: String) {
    self.name = name
    self.abstract = abstract
  }
}

extension ProgramDescription {
  /// The group that this word opens, or nil.
  package func group(named name: String) -> CommandGroup? {
    groups.first { $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// The commands that belong to no group.
  package var commandsOfOneWord: [CommandDescription] {
    commands.filter { !$0.name.utf8.contains(UInt8(ascii: " ")) }
  }

  /// The commands of a group, each with the word that follows the group's.
  package func members(of group: CommandGroup) -> [(word: String, command: CommandDescription)] {
    let opening = Array((group.name + " ").utf8)
    return commands.filter { $0.name.utf8.starts(with: opening) }.map { command in
      (String(Substring(command.name.utf8.dropFirst(opening.count))), command)
    }
  }
}
