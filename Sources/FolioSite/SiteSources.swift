package import FolioPortal
import Hashing
import OperatingSystem
package import Templating

/// Templates and words of a site, ready for its pages.
package struct PageResources: Sendable {
  package let library: TemplateLibrary
  /// The words of the site's languages, its first one first.
  package let languages: [MessageCatalog]
}

/// The files from which a site's pages are made, read once for a build; what they hold is looked at when pages are
/// made, so that a build that makes none costs no more than reading them.
package struct SiteSources: Sendable {
  /// What ships with the program, then what a site puts in its place.
  private let layers: [[SourceFile]]
  private var pages: PageResources?
  private let languageTags: [String]
  /// Files for the site's `assets` folder: name and bytes, in order of names.
  package let assets: [(name: String, bytes: [UInt8])]
  /// The names that carry a content hash, by the names that pages know.
  package let assetNames: [String: String]

  /// Reads the files.
  ///
  /// - Parameters:
  ///   - root: the folder of `site-templates` and `assets`.
  ///   - site: the site's own folder, whose `templates/` overrides shipped files by name; nil for none.
  ///   - logo: a file that pages show, or nil.
  ///   - theme: what the site changes of the shipped stylesheet.
  ///   - languages: those of the site; each must have all words that a shipped one has.
  /// - Throws: `SystemError`.
  package init(root: String, site: String?, logo: String?, theme: Theme = Theme(), languages: [String]) throws
  {
    let folders = [root + "/site-templates/default"] + (site.map { [$0 + "/templates"] } ?? [])
    layers = try folders.map { try sourceFiles(in: $0) }
    languageTags = languages
    (assets, assetNames) = try Self.loadAssets(root: root, logo: logo, theme)
  }

  /// The same sources with the templates and words parsed, once for many builds.
  ///
  /// - Throws: as `parsed`.
  func prepared() throws -> SiteSources {
    var sources = self
    sources.pages = try parsed()
    return sources
  }

  /// The templates and words in the files.
  ///
  /// - Throws: `TemplateSyntaxError`, `MessageError`, `ResourceError`.
  package func parsed() throws -> PageResources {
    if let pages { return pages }
    return PageResources(
      library: try TemplateLibrary(layers: layers.map { $0.compactMap(Self.template) }),
      languages: try Self.catalogs(languageTags, layers))
  }

  /// A digest that differs where any file differs; more may be added to it.
  var fingerprint: SHA256 {
    var digest = SHA256()
    for (index, layer) in layers.enumerated() {
      for file in layer {
        digest.update(Array("\(index) \(file.name)\u{0}\(file.bytes.count)\u{0}".utf8))
        digest.update(file.bytes)
      }
    }
    digest.update(Array(assets.map { $0.name + "\u{0}" }.joined().utf8))
    return digest
  }

  /// The name of the logo among the assets; nil without one.
  var logoName: String? { assetNames.first { $0.key.utf8.starts(with: "logo".utf8) }?.value }

  private static func template(_ file: SourceFile) -> TemplateSource? {
    let ending = ".mustache"
    guard file.name.utf8.suffix(ending.utf8.count).elementsEqual(ending.utf8) else { return nil }
    return TemplateSource(
      name: String(file.name.dropLast(ending.utf8.count)), file: file.path, bytes: file.bytes)
  }

  /// The catalogs of languages. What a site puts into one is compared with all shipped ones, so that it lacks no
  /// message; those have the same ones.
  private static func catalogs(
    _ languages: [String], _ layers: [[SourceFile]]
  ) throws -> [MessageCatalog] {
    let shippedLanguages = folders(of: layers[0])
    let isShipped = { (language: String) in
      shippedLanguages.contains(language)
        && layers.dropFirst().allSatisfy { messageFiles([$0], language: language).isEmpty }
    }
    let shipped =
      try languages.allSatisfy(isShipped) ? [] : shippedLanguages.map { try catalog($0, [layers[0]]) }
    return try languages.map { language in
      let catalog = try catalog(language, layers)
      for other in shipped where !isShipped(language) { try catalog.checkCompleteness(against: other) }
      return catalog
    }
  }

  private static func catalog(_ language: String, _ layers: [[SourceFile]]) throws -> MessageCatalog {
    let files = messageFiles(layers, language: language)
    if files.isEmpty { throw ResourceError.noWords(language: language) }
    return try MessageCatalog(language: language, files: files)
  }

  /// The languages that a layer has a folder for, in order of names.
  private static func folders(of layer: [SourceFile]) -> [String] {
    let names = layer.compactMap { file -> String? in
      let parts = file.name.split(separator: "/")
      return parts.count == 3 && parts[0] == "messages" ? String(parts[1]) : nil
    }
    return Set(names).sorted()
  }

  /// The words of a language; a later layer's file takes the place of an earlier one of its name.
  private static func messageFiles(
    _ layers: [[SourceFile]], language: String
  ) -> [(name: String, bytes: [UInt8])] {
    let folder = "messages/\(language)/"
    var files: [String: SourceFile] = [:]
    for file in layers.joined() where file.name.utf8.starts(with: folder.utf8) { files[file.name] = file }
    return files.values.sorted { $0.name < $1.name }.map { ($0.path, $0.bytes) }
  }

  private static func loadAssets(
    root: String, logo: String?, _ theme: Theme
  ) throws -> (files: [(name: String, bytes: [UInt8])], names: [String: String]) {
    var sources = [
      ("folio.css", root + "/assets/css/folio.css"), ("folio.svg", root + "/assets/icons/folio.svg"),
    ]
    if let logo { sources.append(("logo" + ending(of: logo), logo)) }
    var files: [(name: String, bytes: [UInt8])] = []
    var names: [String: String] = [:]
    for (name, path) in sources {
      let bytes =
        try Files.read(path, bytesLimit: assetBytesLimit) + (name == "folio.css" ? theme.stylesheet : [])
      let hash = Hexadecimal.encode(Array(SHA256.hash(bytes).prefix(6)))
      let suffix = ending(of: name)
      let hashed = String(name.dropLast(suffix.utf8.count)) + "-" + hash + suffix
      files.append((hashed, bytes))
      names[name] = hashed
    }
    return (files.sorted { $0.name < $1.name }, names)
  }
}

/// The largest shared file.
private let assetBytesLimit = 4 << 20

/// A file below a folder.
private struct SourceFile {
  /// Relative to the folder, of names joined by `/`.
  let name: String
  let path: String
  let bytes: [UInt8]
}

/// All files below a folder in order of names; none when there is no folder.
private func sourceFiles(in folder: String, below prefix: String = "") throws(SystemError) -> [SourceFile] {
  guard try Files.statusIfPresent(folder) != nil else { return [] }
  var found: [SourceFile] = []
  for name in try Directories.list(folder) {
    let path = folder + "/" + name
    let status = try Files.status(path, followingSymbolicLinks: true)
    if status.isDirectory {
      found += try sourceFiles(in: path, below: prefix + name + "/")
    } else if status.isRegular {
      found.append(SourceFile(name: prefix + name, path: path, bytes: try Files.read(path)))
    }
  }
  return found
}

/// `.css` of `folio.css`; empty without a point.
private func ending(of name: String) -> String {
  guard let point = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "" }
  return String(name[point...])
}
