import FolioSite
import FolioStore
import OperatingSystem

/// A site's configuration, key and templates, as a command found them.
struct SiteSetup {
  let configuration: SiteConfiguration
  /// Where the configuration was read; nil for the defaults.
  let configurationPath: String?
  let builder: SiteBuilder

  /// Reads the configuration named, else `portal.json` beside the store, else takes the defaults.
  init(store: String, config: String?, _ arguments: ParsedArguments, _ context: CommandContext) throws {
    let beside = folder(of: store) + "/portal.json"
    let path = try config ?? (Files.exists(beside) ? beside : nil)
    if let path {
      configuration = try SiteConfiguration(Files.read(path, bytesLimit: configurationBytesLimit), file: path)
    } else {
      configuration = SiteConfiguration()
    }
    configurationPath = path
    let site = path.map(folder(of:))
    let root = try context.resourceRoot(arguments.value("--resources"))
    let logo = configuration.logo.map { name in (site ?? ".") + "/" + name }
    let resources = try SiteResources(
      root: root.path, site: site, logo: logo, languages: configuration.languages)
    let key = try Self.key(configuration, store: store, folder: site)
    builder = SiteBuilder(configuration: configuration, resources: resources, key: key)
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
    return try SiteKey(file: name.utf8.first == UInt8(ascii: "/") ? name : folder + "/" + name)
  }
}

/// The largest configuration.
private let configurationBytesLimit = 1 << 20

/// The folder that holds a file, as the path names it.
func folder(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}
