import FolioPortal
import OperatingSystem
import Publishing

extension SiteBuilder {
  /// Reads templates and words, which only portals to be made need.
  /// - Parameter count: how many portals there will be to make.
  func makeMaker(_ request: BuildRequest, count: Int) throws -> PortalMaker {
    PortalMaker(
      settings: settings, pages: try sources.parsed(), fingerprint: fingerprint, asOf: request.asOf,
      hasIdleThreads: request.jobs >= 2 * count, elapsed: request.elapsed)
  }

  private var settings: PortalSettings {
    PortalSettings(
      serviceName: configuration.serviceName,
      logoPath: configuration.logo.flatMap { _ in sources.logoName },
      links: configuration.links.map { PortalSettings.Link(label: $0.label, url: $0.url) },
      stylesheet: sources.assetNames["folio.css"] ?? "folio.css",
      icon: sources.assetNames["folio.svg"] ?? "folio.svg")
  }

  func report(
    _ work: PortalWork, _ plan: BuildPlan, _ request: BuildRequest, isOneStep: Bool,
    shared: (written: Int, removed: Int), leftover: SystemError?, isRehearsal: Bool
  ) -> BuildReport {
    var counts = FileCounts()
    for portal in work.reports { counts += portal.counts }
    return BuildReport(
      output: request.place.output, asOf: request.asOf, isRehearsal: isRehearsal, plan: plan,
      portals: work.reports, failures: work.failures, counts: counts, sharedFiles: shared, times: work.times,
      hasGuessableNames: key == nil, isOneStep: isOneStep, leftover: leftover)
  }
}
