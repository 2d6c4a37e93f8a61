extension MessageCatalog {
  /// Refuses a language that lacks a message of `other`, has it in another shape, or with a placeholder of its own.
  ///
  /// Nobody can fill a placeholder that the program does not know, and an empty place on a page helps nobody.
  ///
  /// - Throws: `MessageError.untranslated`, `.otherShape`, `.foreignPlaceholder`.
  /// - Complexity: O(*n*) for n messages.
  package func checkCompleteness(against other: MessageCatalog) throws(MessageError) {
    for (key, theirs) in other.messages.inOrder {
      guard let own = messages[key] else {
        throw .untranslated(language: language, key: key, other: other.place(of: key, theirs))
      }
      if own.isPlural != theirs.isPlural {
        throw .otherShape(place(of: key, own), key: key, other: other.place(of: key, theirs))
      }
      let known = theirs.placeholders
      if let foreign = own.placeholders.subtracting(known).min() {
        throw .foreignPlaceholder(
          place(of: key, own), key: key, placeholder: foreign, known: known.sorted())
      }
    }
  }
}
