import FolioBilling
package import JSON

/// Something in a file that was refused.
package struct ImportProblem: Error, Sendable {
  package enum Reason: Sendable {
    case syntax(JSONSyntaxError)
    case field(FieldError)
    case lineTooLong(bytesLimit: Int)
  }

  /// The line of the file, from 1; nil where a document spans the file.
  package let line: Int?
  /// Which element of a list, from 0; nil where the file is no list.
  package let element: Int?
  package let reason: Reason

  init(line: Int?, element: Int? = nil, reason: Reason) {
    self.line = line
    self.element = element
    self.reason = reason
  }
}

/// Where in a file an event stands.
struct ImportPlace {
  var line: Int?
  var element: Int?
}

/// What became of one file.
package struct FileImportReport: Sendable {
  package enum Kind: Sendable {
    case events
    case usageRows
    case answer(APIAnswer)
    /// An answer of derived figures, which is compared with the rules and never stored.
    case derived(JSONObject)
  }

  package let path: String
  package let kind: Kind
  /// Events applied now.
  package internal(set) var applied = 0
  package internal(set) var repeated = 0
  package internal(set) var conflicts = 0
  /// How many events wait for each subject.
  package internal(set) var waiting: [String: Int] = [:]
  /// The first problems, at most `problemsLimit`.
  package internal(set) var problems: [ImportProblem] = []
  package internal(set) var refused = 0
  /// Whether a line was too long to read on behind it.
  var isCutShort = false
  /// Whether the file's facts are in the store.
  package internal(set) var isKept = true

  /// How many problems of a file are told one by one.
  package static let problemsLimit = 20

  init(path: String, kind: Kind) {
    self.path = path
    self.kind = kind
  }

  /// Records that the whole document cannot be taken.
  package mutating func refuse(_ error: FieldError) {
    isKept = false
    note(ImportProblem(line: nil, reason: .field(error)))
  }

  mutating func note(_ problem: ImportProblem) {
    refused += 1
    if problems.count < Self.problemsLimit { problems.append(problem) }
  }

  mutating func note(_ outcome: EventOutcome, at place: ImportPlace) {
    switch outcome {
    case .applied: applied += 1
    case .repeated: repeated += 1
    case .conflict: conflicts += 1
    case .waiting(let subject): waiting[subject.text, default: 0] += 1
    case .refused(let error):
      note(ImportProblem(line: place.line, element: place.element, reason: .field(error)))
    }
  }
}
