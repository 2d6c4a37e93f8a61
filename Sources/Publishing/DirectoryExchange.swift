import OperatingSystem

/// Puts staged directories into the web root, and takes them out again when one of them fails.
///
/// What was live is then in the staging directory, under the name of what was staged.
struct DirectoryExchange {
  let root: DirectoryHandle
  let staging: DirectoryHandle
  /// Whether each exchange was one step; false where the file system needs two renames.
  private(set) var isOneStep = true
  private var done: [(name: String, isFirst: Bool)] = []

  init(root: DirectoryHandle, staging: DirectoryHandle) {
    self.root = root
    self.staging = staging
  }

  /// Makes a staged directory live.
  ///
  /// - Throws: `SystemError`; this directory is as it was before.
  mutating func publish(_ name: String) throws(SystemError) {
    let isFirst = try root.status(of: name) == nil
    if isFirst {
      try staging.rename(stagedName(of: name), to: root, name)
    } else {
      try exchange(name)
    }
    done.append((name, isFirst))
  }

  /// Takes back what was published since the beginning, the last one first.
  ///
  /// A directory that cannot be taken back stays as it is: whole, and newer than the record says.
  mutating func undo() {
    for (name, isFirst) in done.reversed() {
      do throws(SystemError) {
        if isFirst {
          try root.rename(name, to: staging, stagedName(of: name))
        } else {
          try exchange(name)
        }
      } catch {}
    }
    done = []
  }

  private mutating func exchange(_ name: String) throws(SystemError) {
    do throws(SystemError) {
      return try staging.exchange(stagedName(of: name), with: root, name)
    } catch {
      guard error.isNotSupported else { throw error }
    }
    isOneStep = false
    try exchangeByRenames(name)
  }

  /// The same in three renames, between two of which the directory is missing from the web root.
  private func exchangeByRenames(_ name: String) throws(SystemError) {
    let aside = Self.nameAside(name)
    try root.rename(name, to: staging, aside)
    do throws(SystemError) {
      try staging.rename(stagedName(of: name), to: root, name)
    } catch {
      try staging.rename(aside, to: root, name)
      throw error
    }
    try staging.rename(aside, to: staging, stagedName(of: name))
  }

  /// What a directory is called while it is missing from the web root.
  private static func nameAside(_ name: String) -> String { "old." + name }

  /// The directory that a name in the staging directory was taken from the web root under, if it was taken aside.
  static func nameLive(ofAside name: String) -> String? {
    name.utf8.starts(with: "old.".utf8) ? String(name.dropFirst(4)) : nil
  }
}
