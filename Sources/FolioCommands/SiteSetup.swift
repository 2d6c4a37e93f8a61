import FolioSite
import FolioStore
import OperatingSystem

/// A site's configuration, key and templates, as a command found them.
struct SiteSetup {
  let configuration: SiteConfiguration
  let builder: SiteBuilder

  /// Reads the configuration named, else `portal.json` beside the store, else takes the defaults.
  init(store: String, config: String?, _ arguments: ParsedArguments, _ context: CommandContext) throws {
    let (configuration, path) = try Self.configuration(store: store, named: config)
    self.configuration = configuration
    let site = path.map(Paths.directory(of:))
    let root = try context.resourceRoot(arguments.value("--resources"))
    let logo = configuration.logo.map { Paths.resolve($0, from: site ?? ".") }
    if let logo, try !Files.exists(logo) {
      throw SiteConfigurationError.missingLogo(file: path ?? "", logo: logo)
    }
    let resources = try SiteResources(
      root: root.path, site: site, logo: logo, theme: configuration.theme, languages: configuration.languages)
    let key = try Self.key(configuration, store: store, folder: site)
    builder = SiteBuilder(configuration: configuration, resources: resources, key: key)
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
