import FolioStore
import HTTPServing
import JSON

/// What senders are answered; no answer holds a secret, a body or another sender's data.
enum WebhookAnswers {
  /// How long a sender should wait before it tries again, in seconds.
  static let retryAfterSeconds = 5

  static let notFound = Response.failure(
    .notFound, code: "not_found", message: "Deliveries go to \(WebhookRoute.path).")

  static let methodNotAllowed = Response.methodNotAllowed([.post])

  /// The inbox has no room.
  static let full = Response.unavailable(
    code: "inbox_full", message: "Too many deliveries wait to be applied. Try again later.",
    retryAfterSeconds: retryAfterSeconds)

  /// Nothing could be kept, as on a full disk.
  static let notKept = Response.unavailable(
    code: "not_kept", message: "The delivery could not be kept. Try again later.",
    retryAfterSeconds: retryAfterSeconds)

  static func refused(_ refusal: SignatureRefusal) -> Response {
    .failure(status(of: refusal), code: refusal.code, message: words(refusal))
  }

  /// 202, with the id and the state of what is kept.
  static func accepted(_ acceptance: Acceptance) -> Response {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("id")
    writer.string(acceptance.id)
    writer.key("state")
    writer.string(acceptance.outcome.stateName)
    if let reason = acceptance.reason {
      writer.key("field")
      writer.string(reason.path)
    }
    writer.endObject()
    writer.endDocument()
    return .json(.accepted, writer.bytes)
  }

  /// 403 for who is known and may not; 400 for whom nothing shows to be a sender.
  private static func status(of refusal: SignatureRefusal) -> Status {
    if case .customerOutsideScope = refusal { .forbidden } else { .badRequest }
  }

  private static func words(_ refusal: SignatureRefusal) -> String {
    switch refusal {
    case .missingHeader(let name): "The header \(name) is missing."
    case .malformedID: "The header webhook-id is not visible ASCII without a full stop."
    case .malformedTimestamp: "The timestamp is not 1 to 12 digits of Unix seconds."
    case .tooOld: "The timestamp is too old: check the sender's clock."
    case .tooNew: "The timestamp is in the future: check the sender's clock."
    case .noMatchingSignature: "No signature matches the body."
    case .customerOutsideScope: "This sender may not speak for the customer in the path."
    }
  }
}

extension Acceptance.Outcome {
  /// The name of the state that a delivery is in, as answers, metrics and log lines have it.
  var stateName: String {
    switch self {
    case .kept(.pending): "accepted"
    case .kept(let state), .repeated(let state): state.rawValue
    case .conflict: DeliveryState.conflict.rawValue
    case .full: "full"
    }
  }

  /// The same, with what came before told apart.
  var metricName: String {
    if case .repeated = self { "duplicate" } else { stateName }
  }
}
