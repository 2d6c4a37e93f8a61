package import FolioBilling

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
  package let seller: Party?
  /// Relative to `assets/`; nil for no logo.
  package let logoPath: String?
  package let links: [Link]
  /// What an invoice says of a category of tax, where the invoice itself gives no reason.
  package let taxWording: [TaxCategory: String]
  /// The stylesheet's name in `assets/`.
  package let stylesheet: String
  /// The icon's name in `assets/`.
  package let icon: String

  package init(
    serviceName: String, seller: Party? = nil, logoPath: String? = nil, links: [Link] = [],
    taxWording: [TaxCategory: String] = [:], stylesheet: String, icon: String
  ) {
    self.serviceName = serviceName
    self.seller = seller
    self.logoPath = logoPath
    self.links = links
    self.taxWording = taxWording
    self.stylesheet = stylesheet
    self.icon = icon
  }
}
