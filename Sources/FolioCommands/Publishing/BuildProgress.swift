/// How far a build is, as a line: `[#####-----] 512 of 1,000 portals, 128/s, 4 s left`.
enum BuildProgress {
  private static let width = 20

  /// - Parameter time: since the first portal was begun.
  static func line(done: Int, of count: Int, after time: Duration) -> String {
    let full = count > 0 ? done * width / count : width
    let bar = String(repeating: "#", count: full) + String(repeating: "-", count: width - full)
    let portals = "[\(bar)] \(ErrorPresentation.grouped(done)) of \(counted(count, "portal"))"
    let milliseconds = time.wholeMilliseconds
    guard done > 0, milliseconds > 0 else { return portals }
    let rate = done * 1_000 / milliseconds
    let left = (count - done) * milliseconds / done / 1_000
    return portals + ", \(ErrorPresentation.grouped(rate))/s, \(words(seconds: left)) left"
  }

  private static func words(seconds: Int) -> String {
    seconds < 120 ? "\(seconds) s" : "\(ErrorPresentation.grouped(seconds / 60)) min"
  }
}
