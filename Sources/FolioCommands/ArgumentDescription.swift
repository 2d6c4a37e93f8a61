/// An argument without a name, told by its place.
package struct ArgumentDescription: Hashable, Sendable {
  /// How many words of the command line an argument takes.
  package enum Arity: Hashable, Sendable {
    case one
    case optional
    case oneOrMore
    case any
  }

  /// What stands for the argument in help, in capitals: `FILE`.
  package let name: String
  /// What it is for, in one sentence.
  package let help: String
  package let arity: Arity

  /// Describes an argument; one that takes any number of words is the command's last.
  package init(_ name: String, help: String, arity: Arity = .one) {
    self.name = name
    self.help = help
    self.arity = arity
  }
}

extension ArgumentDescription {
  /// The argument as a usage line shows it: `DIR`, `[DIR]`, `FILE…`, `[FILE…]`.
  package var usage: String {
    switch arity {
    case .one: name
    case .optional: "[\(name)]"
    case .oneOrMore: "\(name)…"
    case .any: "[\(name)…]"
    }
  }

  /// Whether the command cannot do without it.
  package var isRequired: Bool { arity == .one || arity == .oneOrMore }

  /// Whether there is no limit to its words.
  package var isRepeatable: Bool { arity == .oneOrMore || arity == .any }
}
