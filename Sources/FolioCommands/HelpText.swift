/// Writes help from descriptions: plain text of at most 80 columns that ends with a line feed.
package enum HelpText {
  /// Help on one command.
  package static func text(for command: CommandDescription, of program: ProgramDescription) -> String {
    var page = HelpPage()
    page.paragraphs(command.abstract)
    page.paragraphs(command.discussion)
    let words =
      command.options.filter(\.isRequired).map(\.usage)
      + command.options.filter { !$0.isRequired }.map(\.usage)
    page.section("USAGE")
    page.usage("\(program.name) \(command.name)", words + command.arguments.map(\.usage))
    page.table("ARGUMENTS", command.arguments.map { ($0.name, $0.help) })
    page.table("OPTIONS", command.allOptions.map { ($0.spelling, note(on: $0)) })
    page.examples(command.examples)
    return page.text
  }

  /// Help on the program: its commands, in the order of their description.
  package static func text(for program: ProgramDescription) -> String {
    var page = HelpPage()
    page.paragraphs(program.abstract)
    page.paragraphs(program.discussion)
    page.section("USAGE")
    page.usage(program.name, ["COMMAND", "[options]"])
    page.table("COMMANDS", program.commands.map { ($0.name, $0.abstract) })
    page.table("OPTIONS", [StandardOptions.help, StandardOptions.version].map { ($0.spelling, $0.help) })
    page.paragraphs("See '\(program.name) COMMAND --help' for more on a command.")
    return page.text
  }

  /// Help on the commands that share their first word, in the order of their description.
  package static func text(for group: CommandGroup, of program: ProgramDescription) -> String {
    var page = HelpPage()
    let call = "\(program.name) \(group.name)"
    page.paragraphs(group.abstract)
    page.section("USAGE")
    page.usage(call, ["COMMAND", "[options]"])
    page.table("COMMANDS", program.members(of: group).map { ($0.word, $0.command.abstract) })
    page.table("OPTIONS", [StandardOptions.help, StandardOptions.version].map { ($0.spelling, $0.help) })
    page.paragraphs("See '\(call) COMMAND --help' for more on a command.")
    return page.text
  }

  private static func note(on option: OptionDescription) -> String {
    let notes = [option.isRequired ? "Required." : nil, option.isRepeatable ? "May be repeated." : nil]
    return ([option.help] + notes.compactMap(\.self)).joined(separator: " ")
  }
}

/// Help as it grows, section by section.
private struct HelpPage {
  private(set) var text = ""

  mutating func paragraphs(_ prose: String) {
    for paragraph in prose.utf8.split(separator: UInt8(ascii: "\n")) {
      separate()
      for line in wrapped(String(Substring(paragraph)), to: columns) { text += line + "\n" }
    }
  }

  mutating func section(_ title: String) {
    separate()
    text += title + "\n"
  }

  /// What calls the command, then its words, which are not torn apart.
  mutating func usage(_ call: String, _ words: [String]) {
    var line = "  " + call
    for word in words {
      if width(line) + 1 + width(word) > columns {
        text += line + "\n"
        line = "     "
      }
      line += " " + word
    }
    text += line + "\n"
  }

  /// Terms on the left, what they mean on the right; nothing for no rows.
  mutating func table(_ title: String, _ rows: [(term: String, meaning: String)]) {
    guard !rows.isEmpty else { return }
    section(title)
    let fitting = rows.map { width($0.term) }.filter { $0 <= termWidthLimit }
    let indent = 2 + (fitting.max() ?? 0) + 2
    for (term, meaning) in rows {
      var lines = wrapped(meaning, to: columns - indent)
      let isFitting = width(term) <= termWidthLimit
      let first = isFitting && !lines.isEmpty ? lines.removeFirst() : ""
      text += first.isEmpty ? "  \(term)\n" : "  " + padded(term, to: indent - 2) + first + "\n"
      for line in lines { text += padded("", to: indent) + line + "\n" }
    }
  }

  mutating func examples(_ examples: [CommandDescription.Example]) {
    guard !examples.isEmpty else { return }
    section("EXAMPLES")
    for example in examples {
      text += "  \(example.commandLine)\n"
      for line in wrapped(example.explanation, to: columns - 6) { text += "      " + line + "\n" }
    }
  }

  private mutating func separate() {
    if !text.isEmpty { text += "\n" }
  }
}

/// The width of a help page.
private let columns = 80
/// The widest term that has its meaning beside it and not below.
private let termWidthLimit = 24

/// Breaks a paragraph at spaces; a word longer than a line has a line of its own.
private func wrapped(_ paragraph: String, to limit: Int) -> [String] {
  var lines: [String] = []
  for word in paragraph.utf8.split(separator: UInt8(ascii: " ")).map({ String(Substring($0)) }) {
    if let last = lines.last, width(last) + 1 + width(word) <= limit {
      lines[lines.count - 1] = last + " " + word
    } else {
      lines.append(word)
    }
  }
  return lines
}

/// Columns of a text of the program's own, where each scalar takes one.
private func width(_ text: String) -> Int { text.unicodeScalars.count }

private func padded(_ text: String, to limit: Int) -> String {
  text + String(repeating: " ", count: max(0, limit - width(text)))
}
