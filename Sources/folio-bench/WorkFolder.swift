import FolioBilling
import OperatingSystem

/// Where stores and sites of a run lie: one folder of our own, gone at the end unless it is kept.
struct WorkFolder {
  let path: String

  /// - Parameter parent: a folder that exists, best on tmpfs.
  init(in parent: String) throws {
    path = try Directories.realPath(parent) + "/folio-bench"
    try Directories.create(path, mode: 0o700, intermediates: true)
  }

  /// The store of a shape with its configuration; made where a kept one is missing.
  func store(_ shape: StoreShape, _ folio: FolioProgram) throws -> String {
    let folder = path + "/" + shape.name
    if try !Files.exists(folder) {
      let unfinished = folder + ".part"
      try Directories.removeTree(unfinished)
      try Directories.create(unfinished, mode: 0o700)
      let making = try folio.makeStore(shape, at: unfinished + "/billing.db")
      say("Made \(shape.name) in \(making.wallNanoseconds / 1_000_000) ms")
      try Files.create(unfinished + "/portal.json", Array(Self.configuration.utf8), mode: 0o600)
      try Files.create(unfinished + "/site.key", Array((Self.key + "\n").utf8), mode: 0o600)
      try Directories.rename(unfinished, to: folder)
    }
    return folder + "/billing.db"
  }

  /// A place for a site where nothing is, nor anything of an earlier build of it.
  func freshSite(_ name: String) throws -> String {
    let site = path + "/" + name
    try removeSite(site)
    return site
  }

  func removeSite(_ site: String) throws {
    try Directories.removeTree(site)
    try Directories.removeTree(site + ".state")
  }

  func remove() throws { try Directories.removeTree(path) }

  private static let configuration = #"""
    {"service_name": "Benchmark", "as_of": "\#(StoreShape.asOf.text)", "site_key_file": "site.key"}

    """#

  private static let key = String(repeating: "0123456789abcdef", count: 4)
}
