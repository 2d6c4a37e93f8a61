import FolioBilling
import FolioPortal
import FolioTestSupport
import Foundation
import JSON
import Templating

/// The files of a portal, made with the shipped templates and words.
struct PortalFixture {
  let files: [String: [UInt8]]
  let order: [String]

  init(
    _ statement: Statement, settings: PortalSettings = Self.settings, languages: [String] = ["en"]
  ) throws {
    var (files, order): ([String: [UInt8]], [String]) = ([:], [])
    let portal = try Portal(
      statement: statement, settings: settings, languages: languages.map(Self.messages),
      library: Self.library())
    try portal.files { path, bytes in
      files[path] = unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
      order.append(path)
    }
    (self.files, self.order) = (files, order)
  }

  func text(_ path: String) -> String { String(decoding: files[path] ?? [], as: UTF8.self) }

  func json(_ path: String) throws -> JSONValue { try JSONParser.parse(files[path] ?? []) }

  var pages: [String] { order.filter { $0.hasSuffix(".html") } }

  static let settings = PortalSettings(
    serviceName: "AS2aaS", stylesheet: "css/folio.css", icon: "icons/folio.svg")

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func library() throws -> TemplateLibrary {
    let base = root.appending(path: "site-templates/default")
    let sources = try ["layouts", "partials", "pages"].flatMap { folder in
      try names(in: base.appending(path: folder), ending: ".mustache").map { name in
        let bytes = try [UInt8](Data(contentsOf: base.appending(path: "\(folder)/\(name)")))
        return (name: "\(folder)/\(name.dropLast(9))", bytes: bytes)
      }
    }
    return try TemplateLibrary(sources: sources)
  }

  static func messages(_ language: String = "en") throws -> MessageCatalog {
    try MessageCatalog(language: language, files: messageFiles(language))
  }

  static func messageFiles(_ language: String = "en") throws -> [(name: String, bytes: [UInt8])] {
    let folder = root.appending(path: "site-templates/default/messages/\(language)")
    return try (names(in: folder, ending: ".json") + names(in: folder, ending: ".md")).map { name in
      (name: name, bytes: try [UInt8](Data(contentsOf: folder.appending(path: name))))
    }
  }

  /// Where a text first stands in a file of the English words.
  static func place(of text: String, in name: String) throws -> MessagePlace {
    let file = try messageFiles().first { $0.name == name }
    let lines = String(decoding: file?.bytes ?? [], as: UTF8.self).components(separatedBy: "\n")
    let index = lines.firstIndex { $0.contains(text) } ?? -1
    let before = index < 0 ? "" : lines[index].components(separatedBy: text)[0]
    return MessagePlace(file: name, line: index + 1, column: before.utf8.count + 1)
  }

  private static func names(in folder: URL, ending: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path()).filter { $0.hasSuffix(ending) }
      .sorted()
  }
}

/// The documentation's answers, beside the checkout.
enum SharedData {
  static let folder = Repository.shared

  static let isPresent = Repository.hasShared

  static func response(_ name: String) throws -> JSONValue {
    try JSONParser.parse([UInt8](Data(contentsOf: folder.appending(path: "spec/responses/\(name).json"))))
  }
}
