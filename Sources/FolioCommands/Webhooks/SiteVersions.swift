import FolioBilling
import FolioSite
import Synchronization

/// A site's configuration and templates as they were read last: one thread reads them again, another builds.
final class SiteVersions: Sendable {
  struct Version: Sendable {
    /// With its templates parsed, since it builds again and again.
    let builder: SiteBuilder
    let group: UInt32?
    /// The instant that the configuration holds still; nil for now.
    let asOf: Timestamp?
    /// Which reading it is, from 1.
    let number: Int
  }

  private let latest: Mutex<Version>

  init(_ site: SiteSetup) throws { latest = Mutex(try Version(site, number: 1)) }

  var current: Version { latest.withLock { $0 } }

  /// Takes what was read again; the next build uses it.
  func replace(with site: SiteSetup) throws {
    let version = try Version(site, number: current.number + 1)
    latest.withLock { $0 = version }
  }
}

extension SiteVersions.Version {
  fileprivate init(_ site: SiteSetup, number: Int) throws {
    self.init(
      builder: try site.builder.prepared(), group: try site.outputGroup(), asOf: site.configuration.asOf,
      number: number)
  }
}
