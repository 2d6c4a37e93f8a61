import JSON

extension MessageCatalog {
  /// Where a message stands; the start of its file where its key is not found there.
  func place(of key: String, _ message: Message?) -> MessagePlace {
    let file = files[message?.file ?? 0]
    return place(of: Self.path(key), in: file) ?? MessagePlace(file: file.name, line: 1, column: 1)
  }

  /// The place of the innermost object that would hold a message; nil where no file has even the first part.
  func nearestPlace(to key: String) -> MessagePlace? {
    var path = Self.path(key)
    while !path.isEmpty {
      path.removeLast()
      if path.isEmpty { break }
      for file in files {
        if let place = place(of: path, in: file) { return place }
      }
    }
    return nil
  }

  private static func path(_ key: String) -> [String] { key.split(separator: ".").map { String($0) } }

  private func place(of path: [String], in file: (name: String, bytes: [UInt8])) -> MessagePlace? {
    guard let place = JSONParser.place(of: path, in: file.bytes) else { return nil }
    return MessagePlace(file: file.name, line: place.line, column: place.column)
  }
}
