import FolioCommands

/// A program with one command of each shape, for the tests of parsing and of help.
enum ExampleProgram {
  static let build = CommandDescription(
    name: "build", abstract: "Writes the portals of all customers, or of some.",
    discussion: """
      The site is written beside the live one and exchanged with it in one step, so that no reader ever sees a \
      mixture of the two.
      Without --config, portal.json beside the store is read.
      """,
    options: [
      OptionDescription("--store", value: "F", help: "The billing store.", isRequired: true),
      OptionDescription("-o", "--out", value: "DIR", help: "Where the site goes.", isRequired: true),
      OptionDescription(
        "--customer", value: "ID", help: "Builds this customer's portal only.", isRepeatable: true),
      OptionDescription("-j", "--jobs", value: "N", help: "How many portals are made at once, 1 to 64."),
      OptionDescription(
        "--configuration-of-the-site", value: "FILE",
        help:
          "The site's configuration, which says who sells, in which languages, and how invoices are numbered."
      ),
      OptionDescription("--json", help: "Reports as JSON on standard output."),
    ],
    examples: [
      .init("folio build --store billing.db --out site", "Builds every portal as of now."),
      .init(
        "folio build --store billing.db --out site --customer cus_example",
        "Builds one portal, which is what a support engineer does who wants to see a single customer's page."),
    ])

  static let importing = CommandDescription(
    name: "import", abstract: "Takes facts into a store.",
    arguments: [ArgumentDescription("FILE", help: "Events, usage or API answers.", arity: .oneOrMore)],
    options: [OptionDescription("--store", value: "F", help: "The billing store.", isRequired: true)])

  static let initializing = CommandDescription(
    name: "init", abstract: "Writes a configuration to start from.",
    arguments: [ArgumentDescription("DIR", help: "Where it goes.")])

  static let doctor = CommandDescription(
    name: "doctor", abstract: "Says what was found, and by which rule.",
    arguments: [ArgumentDescription("STORE", help: "A store to look into.", arity: .optional)])

  static let program = ProgramDescription(
    name: "folio", version: "1.0.0", abstract: "Publishes billing portals as plain files.",
    commands: [initializing, importing, build, doctor])
}

/// The error that a reading throws, or nil when it throws none.
func argumentError(_ body: () throws(ArgumentError) -> Void) -> ArgumentError? {
  do throws(ArgumentError) { try body() } catch { return error }
  return nil
}
