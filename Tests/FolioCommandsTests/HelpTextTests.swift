import FolioCommands
import Testing

@Suite struct HelpTextTests {
  @Test func `help on a command shows its use, its options and its examples`() {
    #expect(
      HelpText.text(for: ExampleProgram.build, of: ExampleProgram.program) == """
        Writes the portals of all customers, or of some.

        The site is written beside the live one and exchanged with it in one step, so
        that no reader ever sees a mixture of the two.

        Without --config, portal.json beside the store is read.

        USAGE
          folio build --store F --out DIR [--customer ID]… [--jobs N]
              [--configuration-of-the-site FILE] [--json]

        OPTIONS
          --store F      The billing store. Required.
          -o, --out DIR  Where the site goes. Required.
          --customer ID  Builds this customer's portal only. May be repeated.
          -j, --jobs N   How many portals are made at once, 1 to 64.
          --configuration-of-the-site FILE
                         The site's configuration, which says who sells, in which
                         languages, and how invoices are numbered.
          --json         Reports as JSON on standard output.
          -h, --help     Shows this help.
          --version      Shows the version.

        EXAMPLES
          folio build --store billing.db --out site
              Builds every portal as of now.
          folio build --store billing.db --out site --customer cus_example
              Builds one portal, which is what a support engineer does who wants to see
              a single customer's page.

        """)
  }

  @Test func `help on a command shows its arguments`() {
    #expect(
      HelpText.text(for: ExampleProgram.importing, of: ExampleProgram.program) == """
        Takes facts into a store.

        USAGE
          folio import --store F FILE…

        ARGUMENTS
          FILE  Events, usage or API answers.

        OPTIONS
          --store F   The billing store. Required.
          -h, --help  Shows this help.
          --version   Shows the version.

        """)
  }

  @Test func `help on the program lists its commands`() {
    #expect(
      HelpText.text(for: ExampleProgram.program) == """
        Publishes billing portals as plain files.

        USAGE
          folio COMMAND [options]

        COMMANDS
          init    Writes a configuration to start from.
          import  Takes facts into a store.
          build   Writes the portals of all customers, or of some.
          doctor  Says what was found, and by which rule.

        OPTIONS
          -h, --help  Shows this help.
          --version   Shows the version.

        See 'folio COMMAND --help' for more on a command.

        """)
  }

  @Test(arguments: ExampleProgram.program.commands)
  func `no line is wider than 80 columns, or ends with a space`(_ command: CommandDescription) {
    for line in HelpText.text(for: command, of: ExampleProgram.program).split(separator: "\n") {
      #expect(line.unicodeScalars.count <= 80)
      #expect(line.last != " ")
    }
  }
}
