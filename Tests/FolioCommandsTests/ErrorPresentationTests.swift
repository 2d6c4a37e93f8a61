import FolioCommands
import Testing

@Suite struct ErrorPresentationTests {
  @Test(arguments: [
    (
      ArgumentError.Reason.missingValue(option: "--store", valueName: "F"),
      "--store needs a value: --store F."
    ),
    (
      .optionInPlaceOfValue(option: "--store", valueName: "F", found: "--json"),
      "--store needs a value: --store F. If '--json' is that value, write '--store=--json'."
    ),
    (.unexpectedValue(option: "--json"), "--json takes no value."),
    (.repeatedOption("--out"), "--out is given more than once."),
    (.missingOption("--store", valueName: "F"), "--store F is missing."),
    (.missingOption("--yes", valueName: nil), "--yes is missing."),
    (.unexpectedArgument("site"), "'site' is one argument too many."),
    (.missingArgument("FILE"), "FILE is missing."),
    (.unknownOption("--stor", nearest: "--store"), "There is no option '--stor'. Did you mean '--store'?"),
    (.unknownOption("--zzz", nearest: nil), "There is no option '--zzz'."),
    (
      .invalidValue("many", of: "--customers", expected: .wholeNumber(1...100_000)),
      "--customers must be a whole number from 1 to 100,000, not 'many'."
    ),
    (
      .invalidValue("today", of: "--as-of", expected: .instant),
      "--as-of must be an instant such as 2024-02-16T12:00:00Z, not 'today'."
    ),
    (
      .invalidValue("-x", of: "--customer", expected: .identifier),
      "--customer must be an identifier: 1 to 64 letters, digits, '_' and '-', not opening with '-', not '-x'."
    ),
    (
      .invalidValue("EURO", of: "--currency", expected: .currency),
      "--currency must be an ISO 4217 currency such as USD, not 'EURO'."
    ),
  ])
  func `an error says what is wrong and where help is`(_ reason: ArgumentError.Reason, _ sentence: String) {
    #expect(
      ErrorPresentation.text(for: ArgumentError(command: "build", reason)) == """
        folio build: \(sentence)
        See 'folio build --help'.
        """)
  }

  @Test(arguments: [
    (ArgumentError.Reason.noCommand, "A command is missing."),
    (.unknownCommand("biuld", nearest: "build"), "There is no command 'biuld'. Did you mean 'build'?"),
    (.unknownCommand("publish", nearest: nil), "There is no command 'publish'."),
  ])
  func `before a command the program's help is named`(_ reason: ArgumentError.Reason, _ sentence: String) {
    #expect(
      ErrorPresentation.text(for: ArgumentError(command: nil, reason)) == """
        folio: \(sentence)
        See 'folio --help'.
        """)
  }

  @Test func `a typed word cannot steer the terminal`() {
    let word = "--\u{1B}]0;x\u{7}\r\n\u{202E}\u{200B}"
    let error = ArgumentError(command: nil, .unknownOption(word, nearest: nil))
    #expect(
      ErrorPresentation.text(for: error) == """
        folio: There is no option '--\\u{1B}]0;x\\u{7}\\u{D}\\u{A}\\u{202E}\\u{200B}'.
        See 'folio --help'.
        """)
  }

  @Test func `a typed word is cut at 120 scalars`() {
    let error = ArgumentError(command: nil, .unknownCommand(String(repeating: "a", count: 121), nearest: nil))
    #expect(
      ErrorPresentation.text(for: error) == """
        folio: There is no command '\(String(repeating: "a", count: 119))…'.
        See 'folio --help'.
        """)
  }

  @Test func `the exit statuses are those that are documented`() {
    #expect(ExitStatus.allCases.map(\.rawValue) == [0, 1, 2, 3, 64])
  }
}
