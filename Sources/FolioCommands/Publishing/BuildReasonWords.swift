import FolioBilling
import FolioSite

/// What to say of why a portal is made or a folder removed.
enum BuildReasonWords {
  static func sentence(_ reasons: [BuildReason]) -> String {
    reasons.map(words).joined(separator: "; ")
  }

  private static func words(_ reason: BuildReason) -> String {
    switch reason {
    case .first: "not published yet, as far as the state knows"
    case .missing: "its folder is missing from the site"
    case .displaced: "another folder stands in its place"
    case .renamed(let from): "its address changed, from \(from)"
    case .facts(let changes) where changes > 0: "its facts changed (\(counted(Int(changes), "row change")))"
    case .facts: "its facts are others than those published"
    case .sharedFacts: "plans or notices for all changed"
    case .time(let from, let to): "the view moved from \(from.text) to \(to.text)"
    case .configuration: "configuration, templates, assets or the program changed"
    case .forced: "asked for"
    }
  }

  static func sentence(_ reason: RemovalReason) -> String {
    switch reason {
    case .gone: "the customer is gone"
    case .renamed: "the portal has another address now"
    case .unrecorded: "no customer has it, and the state knows nothing of it"
    }
  }

  /// The word for machines.
  static func code(_ reason: BuildReason) -> String {
    switch reason {
    case .first: "first"
    case .missing: "missing"
    case .displaced: "displaced"
    case .renamed: "renamed"
    case .facts: "facts"
    case .sharedFacts: "shared_facts"
    case .time: "time"
    case .configuration: "configuration"
    case .forced: "forced"
    }
  }

  /// The word for machines.
  static func code(_ reason: RemovalReason) -> String {
    switch reason {
    case .gone: "gone"
    case .renamed: "renamed"
    case .unrecorded: "unrecorded"
    }
  }
}
