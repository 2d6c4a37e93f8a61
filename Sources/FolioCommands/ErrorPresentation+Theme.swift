import FolioSite

extension ErrorPresentation {
  /// What to say of the first few; a theme that changes what is behind all can have dozens.
  static func text(for faults: [ContrastFault]) -> String {
    let shown = faults.prefix(5).map { text(for: $0) }.joined(separator: " ")
    return shown + (faults.count > 5 ? " And \(faults.count - 5) more." : "")
  }

  private static func text(for fault: ContrastFault) -> String {
    let (scheme, background) = (fault.scheme.rawValue, fault.background.rawValue)
    return
      "\(fault.path) (\(fault.color.text)) has a contrast of \(fault.found.text):1 on the \(scheme) \(background) "
      + "(\(fault.backgroundColor.text)) and needs \(fault.needed.text):1. \(advice(for: fault))"
  }

  private static func advice(for fault: ContrastFault) -> String {
    guard let nearest = fault.nearest else {
      return "No colour of its hue reaches that wherever it stands: change what is behind it."
    }
    return
      "Take a \(nearest.isDarker(than: fault.color) ? "darker" : "lighter") one, such as \(nearest.text)."
  }
}
