import FolioSite
import FolioStore
import OperatingSystem

/// A site's configuration, key and templates, as a command found them.
struct SiteSetup {
  let configuration: SiteConfiguration
  let builder: SiteBuilder
  private let configurationPath: String?

  /// Reads the configuration named, else `portal.json` beside the store, else takes the defaults.
  init(store: String, config: String?, _ arguments: ParsedArguments, _ context: CommandContext) throws {
    let (configuration, path) = try Self.configuration(store: store, named: config)
    self.configuration = configuration
    configurationPath = path
    let site = path.map(Paths.directory(of:))
    let root = try context.resourceRoot(arguments.value("--resources"))
    let logo = configuration.logo.map { Paths.resolve($0, from: site ?? ".") }
    if let logo, try !Files.exists(logo) {
      throw SiteConfigurationError.missingLogo(file: path ?? "", logo: logo)
    }
    let sources = try SiteSources(
      root: root.path, site: site, logo: logo, theme: configuration.theme, languages: configuration.languages)
    let key = try Self.key(configuration, store: store, folder: site)
    builder = SiteBuilder(
      configuration: configuration, sources: sources, key: key, program: try Self.program(root, context))
  }

  /// What identifies the program: its version; in a development tree, where one version has many builds, also when the
  /// binary was made.
  private static func program(_ root: ResourceRoot, _ context: CommandContext) throws(SystemError) -> String {
    let version = "\(Program.version) schema \(BillingStore.schemaVersion)"
    guard root.rule == .development else { return version }
    let binary = try Files.status(context.executable)
    return "\(version) built \(binary.modifiedSeconds) \(binary.size)"
  }

  /// The group that the configuration gives published files; nil for the process's own.
  ///
  /// - Throws: `SiteConfigurationError.unknownGroup`.
  func outputGroup() throws -> UInt32? {
    guard let name = configuration.outputGroup else { return nil }
    guard let number = Groups.number(of: name) else {
      throw SiteConfigurationError.unknownGroup(file: configurationPath ?? "", group: name)
    }
    return number
  }

  /// The configuration named, else `portal.json` beside the store, else the defaults; with its path if it has one.
  static func configuration(
    store: String, named config: String?
  ) throws -> (configuration: SiteConfiguration, path: String?) {
    let beside = Paths.directory(of: store) + "/portal.json"
    guard let path = try config ?? (Files.exists(beside) ? beside : nil) else {
      return (SiteConfiguration(), nil)
    }
    let bytes = try Files.read(path, bytesLimit: configurationBytesLimit)
    return (try SiteConfiguration(bytes, file: path), path)
  }

  /// The key that the configuration names; nil where there is no configuration, or it names none.
  private static func key(_ configuration: SiteConfiguration, store: String, folder: String?) throws
    -> SiteKey?
  {
    if let seed = configuration.demoSeed {
      guard try StatementReader(path: store).isDemo() else { throw SiteKeyError.demoSeedOutsideDemo }
      return SiteKey(demoSeed: seed)
    }
    guard let folder, let name = configuration.siteKeyFile else { return nil }
    let file = Paths.resolve(name, from: folder)
    guard try Files.exists(file) else {
      if configuration.namesSiteKeyFile { throw SiteKeyError.missing(path: file) }
      return nil
    }
    return try SiteKey(file: file)
  }
}

/// The largest configuration.
let configurationBytesLimit = 1 << 20
