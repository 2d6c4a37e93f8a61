import Glibc
import OperatingSystem
import Publishing
import Synchronization

/// A folder for one test, gone with it, and a site in it.
final class Site: Sendable {
  let folder: String
  /// What publishers take for the present, in seconds since 1970; far from the real one.
  let clock = Mutex<Int64>(2_000_000_000)
  var output: String { folder + "/site" }
  var state: String { output + ".state" }

  init() throws {
    folder = "/tmp/folio-publishing-" + RandomBytes.make(count: 8).map { String($0, radix: 16) }.joined()
    try Directories.create(folder, mode: 0o700)
  }

  deinit { try? Directories.removeTree(folder) }

  func publisher(part: String? = nil) throws -> Publisher {
    let options = Publisher.Options(now: { [self] in clock.withLock(\.self) })
    return try Publisher(SitePlace(output, part: part), options)
  }

  /// A publisher that waits a moment for the lock: a process that another test is just starting has a copy of it.
  private func freePublisher(part: String?) throws -> Publisher {
    for _ in 0..<2_000 {
      do {
        return try publisher(part: part)
      } catch PublishingError.anotherPublisher {
        usleep(10_000)
      }
    }
    return try publisher(part: part)
  }

  /// Publishes one directory and whatever shared files it points to.
  @discardableResult
  func publish(
    _ name: String, _ files: [String: String], shared: [String] = [], part: String? = nil,
    keepingFormers limit: Int = 0
  ) throws -> FileCounts {
    let publisher = try freePublisher(part: part)
    let (landed, _) = try publisher.land(shared.map { ($0, Array($0.utf8)) })
    let stage = try publisher.stage(name, owner: name)
    for (path, text) in files.sorted(by: { $0.key < $1.key }) {
      try stage.write(Array(text.utf8).span, to: path)
    }
    let (outcome, counts) = try stage.finish(stamp: [1])
    if case .staged(let directory) = outcome {
      try publisher.publish([directory], sharing: landed)
    }
    _ = try publisher.collectSharedFiles(keeping: landed)
    if limit == 0 { try publisher.clear() } else { try publisher.retire(keeping: limit) }
    return counts
  }

  func text(_ path: String) throws -> String {
    String(decoding: try Files.read(output + "/" + path), as: UTF8.self)
  }

  func status(_ path: String) throws -> FileStatus { try Files.status(output + "/" + path) }

  func faults() throws -> [SiteFault] { try SiteVerification(SitePlace(output)).faults }
}
