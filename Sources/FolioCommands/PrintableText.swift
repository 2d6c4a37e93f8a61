/// A foreign text as a terminal may show it: on one line, inert, and cut with `…` when it is long.
///
/// Control characters, and those that reorder or hide text, are shown as `\u{1B}`.
func printable(_ text: String, mostScalars limit: Int) -> String {
  var shown = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    let next = isInert(scalar) ? String.UnicodeScalarView([scalar]) : escape(scalar)
    if shown.count + next.count > limit {
      return String(shown.prefix(limit - 1)) + "…"
    }
    shown += next
  }
  return String(shown)
}

private func escape(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
  "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars
}

private func isInert(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
  default: true
  }
}
