import FolioCommands
import Testing

@Suite struct CommandGroupTests {
  private static let preview = CommandDescription(name: "invoice preview", abstract: "Lists drafts.")
  private static let void = CommandDescription(
    name: "invoice void", abstract: "Voids an invoice.", arguments: [ArgumentDescription("INVOICE", help: "")]
  )
  private static let invoices = CommandGroup("invoice", abstract: "Closes a month.")
  private static let program = ProgramDescription(
    name: "folio", version: "1", abstract: "Publishes portals.",
    commands: [ExampleProgram.doctor, preview, void], groups: [invoices])

  @Test(arguments: [
    (["invoice", "preview", "--x"], ArgumentParser.Selection.command(preview, ["--x"])),
    (["invoice", "void", "in_1"], .command(void, ["in_1"])),
    (["invoice", "--help"], .helpOnGroup(invoices)),
    (["help", "invoice"], .helpOnGroup(invoices)),
    (["help", "invoice", "void"], .help(void)),
    (["invoice", "--version"], .version),
    (["doctor", "invoice"], .command(ExampleProgram.doctor, ["invoice"])),
  ])
  func `two words select a command of a group`(
    _ line: [String], _ selection: ArgumentParser.Selection
  ) throws {
    #expect(try ArgumentParser.select(from: line, of: Self.program) == selection)
  }

  @Test(
    arguments: [
      (["invoice"], "invoice", ArgumentError.Reason.noCommand),
      (["invoice", "previw"], "invoice", .unknownCommand("previw", nearest: "preview")),
      (["invoice", "publish"], "invoice", .unknownCommand("publish", nearest: nil)),
      (["invoice", "--hlep"], "invoice", .unknownOption("--hlep", nearest: "--help")),
      (["help", "invoice", "viod"], "invoice", .unknownCommand("viod", nearest: "void")),
      (["invoces"], nil, .unknownCommand("invoces", nearest: "invoice")),
      (["invoice preview"], nil, .unknownCommand("invoice preview", nearest: nil)),
    ] as [([String], String?, ArgumentError.Reason)])
  func `a misspelt word of a group is named with the nearest one`(
    _ line: [String], _ command: String?, _ reason: ArgumentError.Reason
  ) {
    let error = argumentError { () throws(ArgumentError) in
      _ = try ArgumentParser.select(from: line, of: Self.program)
    }
    #expect(error == ArgumentError(command: command, reason))
  }

  @Test func `help on a group lists its commands`() {
    #expect(
      HelpText.text(for: Self.invoices, of: Self.program) == """
        Closes a month.

        USAGE
          folio invoice COMMAND [options]

        COMMANDS
          preview  Lists drafts.
          void     Voids an invoice.

        OPTIONS
          -h, --help  Shows this help.
          --version   Shows the version.

        See 'folio invoice COMMAND --help' for more on a command.

        """)
  }
}
