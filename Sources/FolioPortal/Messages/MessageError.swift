package import JSON

/// Why the words of a portal cannot be used.
package enum MessageError: Error, Equatable, Sendable {
  /// A file is no JSON.
  case syntax(file: String, error: JSONSyntaxError)
  /// A file's value, or a value in it, is neither a text nor an object; the key is empty for the file itself.
  case notText(file: String, key: String)
  /// A brace that opens no placeholder, or a placeholder without a name.
  case malformedPlaceholder(file: String, key: String)
  /// A message with a count lacks a form that the language has.
  case missingForm(file: String, key: String, form: String)
  /// A message with a count has a form that the language has not.
  case unknownForm(file: String, key: String, form: String, known: [String])
  /// Two messages have one name.
  case duplicate(file: String, key: String)
  /// A language's folder lacks a file that each has.
  case missingFile(language: String, name: String)
  /// A key of the table is missing, or holds something else.
  case malformedLocale(file: String, key: String, expected: LocaleExpectation)
  case unknownLocaleKey(file: String, key: String, known: [String])
  /// A language lacks a message that another one has at this place.
  case untranslated(language: String, key: String, other: MessagePlace)
  /// A message has a count in one language and not in this one, or the other way round.
  case otherShape(MessagePlace, key: String, other: MessagePlace)
  /// A placeholder that the message has in no other language.
  case foreignPlaceholder(MessagePlace, key: String, placeholder: String, known: [String])
  /// No file of the language has the message; the place is that of the nearest object that would hold it.
  case missing(language: String, key: String, near: MessagePlace?)
  /// The message is one text where forms by a count were asked for, or the other way round.
  case wrongShape(MessagePlace, key: String)
  /// The message has a placeholder that nobody fills.
  case missingPlaceholder(MessagePlace, key: String, placeholder: String)
}

/// Where a message stands.
package struct MessagePlace: Equatable, Sendable {
  package let file: String
  /// From 1.
  package let line: Int
  /// In bytes, from 1.
  package let column: Int

  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}
