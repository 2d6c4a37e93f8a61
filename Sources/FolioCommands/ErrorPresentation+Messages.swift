import FolioPortal
import JSON

extension ErrorPresentation {
  static func text(for error: MessageError) -> String {
    switch error {
    case .syntax(let file, let error): "\(file):\(error.line):\(error.column): \(words(for: error.reason))."
    case .notText(let file, let key):
      "\(file): \(key.isEmpty ? "The file" : key) must be a text or an object of texts."
    case .malformedPlaceholder(let file, let key):
      "\(file): \(key) has a brace that opens no placeholder such as {amount}."
    case .missingForm(let file, let key, let form):
      "\(file): \(key) has forms by a count and lacks the form \(quoted(form)). Add it."
    case .unknownForm(let file, let key, let form, let known):
      "\(file): \(key) has the form \(quoted(form)), which the language has not. Its forms are "
        + "\(known.joined(separator: ", "))."
    case .duplicate(let file, let key): "\(file): \(key) is there already. Take one of the two out."
    case .missingFile(let language, let name):
      "The folder messages/\(language) has no \(name). Add it, with messages/en/\(name) as the pattern."
    case .malformedLocale(let file, let key, let expected): "\(file): \(key) must be \(words(for: expected))."
    case .unknownLocaleKey(let file, let key, let known):
      "\(file): There is no key \(quoted(key)).\(suggestion(key, known))"
    case .untranslated(let language, let key, let other):
      "The language \(quoted(language)) lacks the message '\(key)', which is at \(text(for: other)). Add it to "
        + "messages/\(language)."
    case .otherShape(let place, let key, let other):
      "\(text(for: place)): '\(key)' must have the same shape as at \(text(for: other)): one text, or one for each "
        + "form of a count."
    case .foreignPlaceholder(let place, let key, let placeholder, let known):
      "\(text(for: place)): '\(key)' names {\(placeholder)}, which nothing fills there. "
        + (known.isEmpty ? "Take it out." : "It can have \(known.map { "{\($0)}" }.joined(separator: ", ")).")
    case .missing(let language, let key, let near):
      (near.map { "\(text(for: $0)): " } ?? "")
        + "The message '\(key)' is missing\(near == nil ? "" : " here"). Add it to messages/\(language)."
    case .wrongShape(let place, let key):
      "\(text(for: place)): '\(key)' has forms by a count where one text is needed, or the other way."
    case .missingPlaceholder(let place, let key, let placeholder):
      "\(text(for: place)): '\(key)' names {\(placeholder)}, which nothing fills there. Take the placeholder out."
    }
  }

  private static func text(for place: MessagePlace) -> String {
    "\(place.file):\(place.line):\(place.column)"
  }

  private static func words(for expected: LocaleExpectation) -> String {
    switch expected {
    case .text: "a text"
    case .object: "an object of texts"
    case .number(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .oneOf(let values): "one of \(values.map(quoted).joined(separator: ", "))"
    case .texts(let count): "a list of \(count) texts"
    case .pattern(let places):
      "a text with \(places.map { "{\($0)}" }.joined(separator: ", ")), and no other place"
    case .pluralRules: "rules such as \"n % 100 = 3..10\" under zero, one, two, few or many"
    }
  }
}
