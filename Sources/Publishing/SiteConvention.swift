package import OperatingSystem

/// What every published site has in common.
package enum SiteConvention {
  /// The mode of every published directory: the group of the web server may read, nobody else.
  package static let directoryMode: FileMode = 0o750
  /// The mode of every published file.
  package static let fileMode: FileMode = 0o640
  /// The file that marks a site, and each directory published in it, as one that a publisher may replace.
  package static let markerName = ".folio"
  /// The folder of the files that all directories share; no published directory may have its name.
  package static let sharedFolder = "assets"

  static let siteMarker = Array("A site that folio build replaces.\n".utf8)
  static let directoryMarker = Array("A portal that folio build replaces.\n".utf8)
}
