import FolioCommands
import Glibc
import OperatingSystem

/// `folio-bench floor FROM TO`: how long the bare system calls take that write the files of FROM again.
enum Floor {
  static let description = CommandDescription(
    name: Step.floor.rawValue, abstract: "Writes a site's files from memory by bare system calls.",
    discussion: "Prints nanoseconds, files and bytes; reading FROM is not in the time.",
    arguments: [
      ArgumentDescription("FROM", help: "The site whose files are written."),
      ArgumentDescription("TO", help: "A folder in which the copy is made."),
    ],
    options: [OptionDescription("--jobs", value: "N", help: "How many threads take whole portals.")])

  /// What one run took and wrote.
  struct Result: Equatable {
    let nanoseconds: Int
    let files: Int
    let bytes: Int

    /// Reads what `run` printed; nil for anything else.
    init?(_ output: [UInt8]) {
      let words = String(decoding: output, as: UTF8.self).split { $0 == " " || $0 == "\n" }.compactMap {
        Int($0)
      }
      guard words.count == 3 else { return nil }
      (nanoseconds, files, bytes) = (words[0], words[1], words[2])
    }
  }

  static func run(_ arguments: ParsedArguments) throws -> ExitStatus {
    let image = try TreeImage(reading: arguments.positionals[0])
    let target = arguments.positionals[1]
    let jobs = try arguments.wholeNumber("--jobs", in: 1...256) ?? Threads.processorCount
    umask(0)
    let parent = unsafe open(target, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard parent >= 0 else { throw SystemError(operation: "open", path: target, code: errno) }
    let start = Clock.monotonic()
    let site = image.makeFolder(below: parent)
    Threads.forEach(count: image.folders.count, jobs: jobs) { image.folders[$0].write(below: site) }
    close(site)
    let nanoseconds = Clock.monotonic() - start
    let line = "\(nanoseconds) \(image.fileCount) \(image.byteCount)\n"
    try Terminal.writeOutput(Array(line.utf8))
    return .done
  }
}
