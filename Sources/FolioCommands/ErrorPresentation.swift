/// The one place where errors become sentences: what failed, where, why, and what to do next.
package enum ErrorPresentation {
  /// A word of somebody else's in quotes, inert and cut at 120 scalars.
  static func quoted(_ text: String) -> String { "'" + printable(text, mostScalars: 120) + "'" }

  /// `123,456` as an English sentence prints it.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude).utf8)
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.unicodeScalars.append(Unicode.Scalar(digit))
    }
    return text
  }
}

/// `1 portal`, `1,200 portals`.
func counted(_ number: Int, _ noun: String) -> String {
  ErrorPresentation.grouped(number) + " " + noun + (number == 1 ? "" : "s")
}
