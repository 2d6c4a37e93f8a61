/// Why a site cannot be published.
package enum PublishingError: Error, Equatable, Sendable {
  /// The root, a home directory, or no name at all.
  case notReplaceable(path: String)
  /// A file or a link stands where the site, or a folder of it, should.
  case notADirectory(path: String)
  /// The directory holds something that no build has put there.
  case foreignContent(path: String)
  case insideAnotherSite(output: String, site: String)
  /// What stands in the place of the state directory belongs to somebody else, or others can write to it.
  case untrustedState(path: String)
  /// The state directory is the site, or lies in it, where visitors could read it.
  case stateInsideSite(path: String)
  /// The state lies on another file system than the site, so that nothing staged can take its place in one step.
  case stateOnOtherFileSystem(state: String, output: String)
  case anotherPublisher(lock: String)
  /// Nobody has published here, or the state is lost.
  case noState(path: String)
}
