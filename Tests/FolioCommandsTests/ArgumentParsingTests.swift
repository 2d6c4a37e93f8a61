import FolioCommands
import Testing

@Suite struct ArgumentParsingTests {
  private let required = ["--store", "b.db", "--out", "site"]

  @Test func `values stand in the next word or behind an equals sign`() throws {
    let parsed = try ArgumentParser.parse(
      ["--store", "b.db", "--out=a=b", "-j", "2", "--json"], for: ExampleProgram.build)
    #expect(parsed.value("--store") == "b.db")
    #expect(parsed.value("--out") == "a=b")
    #expect(parsed.value("--jobs") == "2")
    #expect(parsed.flag("--json"))
    #expect(parsed.request == .run)
  }

  @Test func `an option answers to each of its names`() throws {
    let parsed = try ArgumentParser.parse(["--store=b", "-o", "site"], for: ExampleProgram.build)
    #expect(parsed.value("-o") == "site")
    #expect(parsed.value("--out") == "site")
  }

  @Test func `what is absent is nil, empty or false`() throws {
    let parsed = try ArgumentParser.parse(required, for: ExampleProgram.build)
    #expect(parsed.value("--jobs") == nil)
    #expect(parsed.values("--customer") == [])
    #expect(!parsed.flag("--json"))
  }

  @Test func `a repeatable option keeps its values in order`() throws {
    let parsed = try ArgumentParser.parse(
      required + ["--customer", "b", "--customer=a"], for: ExampleProgram.build)
    #expect(parsed.values("--customer") == ["b", "a"])
  }

  @Test func `after two dashes everything is an argument`() throws {
    let parsed = try ArgumentParser.parse(
      ["--store=b", "--", "--store", "-h", "--"], for: ExampleProgram.importing)
    #expect(parsed.positionals == ["--store", "-h", "--"])
  }

  @Test func `a lone dash is an argument and a value`() throws {
    let parsed = try ArgumentParser.parse(["-", "--store", "-"], for: ExampleProgram.importing)
    #expect(parsed.positionals == ["-"])
    #expect(parsed.value("--store") == "-")
  }

  @Test func `arguments and options may alternate`() throws {
    let parsed = try ArgumentParser.parse(["a", "--store", "b", "c"], for: ExampleProgram.importing)
    #expect(parsed.positionals == ["a", "c"])
  }

  @Test(arguments: ["-h", "--help"])
  func `help needs nothing else and ends the reading`(_ name: String) throws {
    let parsed = try ArgumentParser.parse([name, "--nonsense"], for: ExampleProgram.build)
    #expect(parsed.request == .help)
  }

  @Test func `the version may be asked for at a command`() throws {
    #expect(try ArgumentParser.parse(["--version"], for: ExampleProgram.build).request == .version)
  }

  @Test func `an optional argument may be absent, and does not take two`() throws {
    #expect(try ArgumentParser.parse([], for: ExampleProgram.doctor).positionals == [])
    #expect(try ArgumentParser.parse(["a"], for: ExampleProgram.doctor).positionals == ["a"])
    let error = argumentError { () throws(ArgumentError) in
      _ = try ArgumentParser.parse(["a", "b"], for: ExampleProgram.doctor)
    }
    #expect(error?.reason == .unexpectedArgument("b"))
  }

  @Test(arguments: [
    (["--stor", "x"], ArgumentError.Reason.unknownOption("--stor", nearest: "--store")),
    (["--stor=secret"], .unknownOption("--stor", nearest: "--store")),
    (["--zzzzzz"], .unknownOption("--zzzzzz", nearest: nil)),
    (["--help=yes"], .unexpectedValue(option: "--help")),
    (["--json=yes"], .unexpectedValue(option: "--json")),
    (["--store"], .missingValue(option: "--store", valueName: "F")),
    (["--store="], .missingValue(option: "--store", valueName: "F")),
    (["--store", ""], .missingValue(option: "--store", valueName: "F")),
    (
      ["--store", "--json"],
      .optionInPlaceOfValue(option: "--store", valueName: "F", found: "--json")
    ),
    (["-o", "a", "--out", "b"], .repeatedOption("--out")),
    (["--json", "--json"], .repeatedOption("--json")),
    (["site"], .unexpectedArgument("site")),
    (["--out", "site"], .missingOption("--store", valueName: "F")),
    (["--store=b"], .missingOption("--out", valueName: "DIR")),
  ])
  func `a line that does not fit is refused`(_ line: [String], _ reason: ArgumentError.Reason) {
    let error = argumentError { () throws(ArgumentError) in
      _ = try ArgumentParser.parse(line, for: ExampleProgram.build)
    }
    #expect(error == ArgumentError(command: "build", reason))
  }

  @Test func `a missing argument is named`() {
    let error = argumentError { () throws(ArgumentError) in
      _ = try ArgumentParser.parse(["--store=b"], for: ExampleProgram.importing)
    }
    #expect(error?.reason == .missingArgument("FILE"))
  }

  @Test func `a name that only looks the same is unknown`() {
    // U+212A KELVIN SIGN is canonically equivalent to K; bytes decide.
    let kelvin = CommandDescription(name: "k", abstract: "", options: [OptionDescription("--K", help: "")])
    let error = argumentError { () throws(ArgumentError) in
      _ = try ArgumentParser.parse(["--\u{212A}"], for: kelvin)
    }
    #expect(error?.reason == .unknownOption("--\u{212A}", nearest: nil))
  }

  @Test func `a mark after the equals sign does not hide it`() throws {
    let parsed = try ArgumentParser.parse(["--store=\u{301}x", "f"], for: ExampleProgram.importing)
    #expect(parsed.value("--store") == "\u{301}x")
  }

  @Test(arguments: ["0", "65", "+5", "-0x1", "5 ", "٥", "99999999999999999999", "1e1"])
  func `a whole number has plain digits and lies in its range`(_ text: String) throws {
    let parsed = try ArgumentParser.parse(required + ["--jobs=" + text], for: ExampleProgram.build)
    let error = argumentError { () throws(ArgumentError) in _ = try parsed.wholeNumber("--jobs", in: 1...64) }
    #expect(error?.reason == .invalidValue(text, of: "--jobs", expected: .wholeNumber(1...64)))
  }

  @Test func `a whole number in its range is read`() throws {
    let parsed = try ArgumentParser.parse(required + ["--jobs=64"], for: ExampleProgram.build)
    #expect(try parsed.wholeNumber("--jobs", in: 1...64) == 64)
  }
}

@Suite struct CommandSelectionTests {
  @Test(arguments: [
    (["build", "--json"], ArgumentParser.Selection.command(ExampleProgram.build, ["--json"])),
    (["--help"], .help(nil)),
    (["-h", "build"], .help(nil)),
    (["help"], .help(nil)),
    (["help", "build"], .help(ExampleProgram.build)),
    (["--version"], .version),
  ])
  func `the first word selects`(_ line: [String], _ selection: ArgumentParser.Selection) throws {
    #expect(try ArgumentParser.select(from: line, of: ExampleProgram.program) == selection)
  }

  @Test(arguments: [
    ([], ArgumentError.Reason.noCommand),
    (["biuld"], .unknownCommand("biuld", nearest: "build")),
    (["publish"], .unknownCommand("publish", nearest: nil)),
    (["help", "biuld"], .unknownCommand("biuld", nearest: "build")),
    (["--vresion"], .unknownOption("--vresion", nearest: "--version")),
    (["--json", "build"], .unknownOption("--json", nearest: nil)),
  ])
  func `what selects nothing is refused`(_ line: [String], _ reason: ArgumentError.Reason) {
    let error = argumentError { () throws(ArgumentError) in
      _ = try ArgumentParser.select(from: line, of: ExampleProgram.program)
    }
    #expect(error == ArgumentError(command: nil, reason))
  }
}
