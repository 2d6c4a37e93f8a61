/// What the operator decides about every portal of a site.
package struct PortalSettings: Hashable, Sendable {
  /// A place that every page leads to.
  package struct Link: Hashable, Sendable {
    package let label: String
    package let url: String

    package init(label: String, url: String) {
      self.label = label
      self.url = url
    }
  }

  package let serviceName: String
  /// Relative to `assets/`; nil for no logo.
  package let logoPath: String?
  package let links: [Link]
  /// The stylesheet's name in `assets/`.
  package let stylesheet: String
  /// The icon's name in `assets/`.
  package let icon: String

  package init(
    serviceName: String, logoPath: String? = nil, links: [Link] = [], stylesheet: String, icon: String
  ) {
    self.serviceName = serviceName
    self.logoPath = logoPath
    self.links = links
    self.stylesheet = stylesheet
    self.icon = icon
  }
}
