package import JSON

/// Why the words of a portal cannot be used.
package enum MessageError: Error, Equatable, Sendable {
  /// A file is no JSON.
  case syntax(file: String, error: JSONSyntaxError)
  /// A file's value, or a value in it, is neither a text nor an object; the key is empty for the file itself.
  case notText(file: String, key: String)
  /// A brace that opens no placeholder, or a placeholder without a name.
  case malformedPlaceholder(file: String, key: String)
  /// A plural without the form `other`.
  case missingOther(file: String, key: String)
  /// Two messages have one name.
  case duplicate(file: String, key: String)
  /// No file has the message.
  case missing(key: String)
  /// The message is one text where forms by a count were asked for, or the other way round.
  case wrongShape(key: String)
  /// The message has a placeholder that nobody fills.
  case missingPlaceholder(key: String, placeholder: String)
}
