/// The program file this process runs.
package enum Executable {
  /// Its absolute path without symbolic links.
  ///
  /// - Throws: `ENOENT` when the file was removed or replaced since the start.
  package static func path() throws(SystemError) -> String {
    try Directories.realPath("/proc/self/exe")
  }
}
