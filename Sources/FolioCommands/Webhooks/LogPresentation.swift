import OperatingSystem

/// Words for errors in a listener's log, which may be read by whoever must not read portals.
enum LogPresentation {
  /// What `ErrorPresentation` says, but without the paths of system calls: below a site they name portals, whose
  /// addresses are secrets.
  static func text(for error: any Error) -> String {
    guard let error = error as? SystemError else { return ErrorPresentation.text(for: error) }
    return ErrorPresentation.text(
      for: SystemError(operation: error.operation, path: nil, code: error.code) as any Error)
  }
}
