/// An option of a command, or a flag: an option without a value.
package struct OptionDescription: Hashable, Sendable {
  /// Every spelling with its dashes, as help lists them: `-o`, `--out`.
  package let names: [String]
  /// What stands for the value in help, in capitals: `F`; nil for a flag.
  package let valueName: String?
  /// What it does, in one sentence.
  package let help: String
  /// Whether it may be given more than once, each time with another value.
  package let isRepeatable: Bool
  package let isRequired: Bool

  /// Describes an option by its spellings, of which there is at least one.
  package init(
    _ names: String..., value valueName: String? = nil, help: String, isRepeatable: Bool = false,
    isRequired: Bool = false
  ) {
    precondition(!names.isEmpty, "an option has a name")
    self.names = names
    self.valueName = valueName
    self.help = help
    self.isRepeatable = isRepeatable
    self.isRequired = isRequired
  }
}

extension OptionDescription {
  /// The spelling that messages use: the first long one, else the first.
  package var name: String { names.first { $0.utf8.starts(with: "--".utf8) } ?? names[0] }

  /// Whether it takes no value.
  package var isFlag: Bool { valueName == nil }

  /// Every spelling, then the value: `-j, --jobs N`.
  package var spelling: String { names.joined(separator: ", ") + valueSuffix }

  /// The option as a usage line shows it: `--store F`, `[--json]`, `[--customer ID]…`.
  package var usage: String {
    let one = name + valueSuffix
    return (isRequired ? one : "[\(one)]") + (isRepeatable ? "…" : "")
  }

  private var valueSuffix: String { valueName.map { " " + $0 } ?? "" }
}

/// Options that every command has without describing them.
package enum StandardOptions {
  package static let help = OptionDescription("-h", "--help", help: "Shows this help.")
  package static let version = OptionDescription("--version", help: "Shows the version.")
}
