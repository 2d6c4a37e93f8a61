import FolioWebhooks
import JSON
import OperatingSystem

extension ErrorPresentation {
  static func text(for error: WebhookSecretsError) -> String {
    switch error {
    case .notARegularFile(let path): "\(quoted(path)) is a folder or a pipe. Save the secrets to a file."
    case .readableByOthers(let path, let mode):
      "The secrets \(quoted(path)) can be used by others (mode \(String(mode, radix: 8))). Run: chmod 600 \(path)"
    case .foreignOwner(let path, let owner):
      "The secrets \(quoted(path)) belong to the user \(owner), who could change them. Make them your own."
    case .system(let error): text(for: error)
    case .syntax(let path, let error):
      "\(path):\(error.line):\(error.column): \(words(for: error.reason))."
    case .field(let path, let error): "\(path): \(text(for: error))"
    case .unknownKey(let path, let field, let known):
      "\(path): There is no key \(quoted(field))." + suggestion(field, known)
    case .duplicate(let path, let field): "\(path): \(field) stands in the file before. Take one out."
    case .unusableSecret(let path, let field, let fault): "\(path): \(field) \(words(for: fault))."
    }
  }

  private static func words(for fault: SecretFault) -> String {
    switch fault {
    case .empty: "is empty; make a secret with 'folio secret new'"
    case .notBase64:
      "is no base 64, which standard-webhooks asks for; a secret of another scheme may be meant"
    case .whiteSpace: "holds white space or another character that secrets do not have; copy it again"
    }
  }

  static func text(for error: SendError) -> String {
    switch error {
    case .sourceNeeded(let known):
      "The file of secrets has several sources. Name one with --source: \(known.joined(separator: ", "))."
    case .unknownSource(let name, let known):
      "The file of secrets has no source \(quoted(name)). It has: \(known.joined(separator: ", "))."
    case .idOfManyEvents(let count): "--id names one event, and the file has \(grouped(count)). Leave it out."
    }
  }

  static func text(for error: PostError) -> String {
    switch error {
    case .noConnection(.unknownHost(let host, let reason)):
      "The host \(quoted(host)) is not known: \(reason)."
    case .noConnection(.system(let error)):
      error.name == "EAGAIN" || error.name == "EINPROGRESS"
        ? "The receiver did not answer within \(HTTPPost.waitingSeconds) s. Try again later."
        : text(for: error)
    case .noAnswer(let address):
      "What \(quoted(address)) answered is no HTTP/1. Is it the address of a listener?"
    case .curlMissing: "An https address needs the program 'curl', which is not installed."
    case .curl(let status, let words):
      "curl failed (\(status)): \(printable(trimmed(words), mostScalars: 300))"
    case .bodyHoldsNUL: "The event holds a NUL byte, which no JSON does."
    }
  }

  private static func trimmed(_ text: String) -> String {
    String(decoding: text.utf8.filter { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
  }
}
