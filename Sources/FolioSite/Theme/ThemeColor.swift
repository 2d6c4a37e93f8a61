import Hashing

/// An opaque sRGB colour of 8 bits a channel.
package struct ThemeColor: Hashable, Sendable {
  package let red: UInt8
  package let green: UInt8
  package let blue: UInt8

  private init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// The colour of a number such as 0x0b57d0; higher bits are left out.
  package init(rgb: UInt32) {
    self.init(
      red: UInt8(truncatingIfNeeded: rgb >> 16), green: UInt8(truncatingIfNeeded: rgb >> 8),
      blue: UInt8(truncatingIfNeeded: rgb))
  }

  /// Reads `#rrggbb` or `#rgb`, in digits of either case; nil for anything else, names of colours too.
  package init?(_ text: String) {
    let digits = text.utf8.dropFirst()
    guard text.utf8.first == UInt8(ascii: "#"), digits.count == 3 || digits.count == 6 else { return nil }
    let pairs = digits.count == 6 ? Array(digits) : digits.flatMap { [$0, $0] }
    guard let channels = Hexadecimal.decode(String(decoding: pairs, as: UTF8.self)) else { return nil }
    self.init(red: channels[0], green: channels[1], blue: channels[2])
  }

  package static let black = ThemeColor(rgb: 0x000000)
  package static let white = ThemeColor(rgb: 0xffffff)

  /// `#rrggbb` in lower case.
  package var text: String { "#" + Hexadecimal.encode([red, green, blue]) }

  /// The colour with `parts` of 256 of each channel replaced by the other's, rounded towards this one.
  ///
  /// Towards black or white this keeps the hue.
  package func mixed(with other: ThemeColor, parts: Int) -> ThemeColor {
    func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
      UInt8(clamping: Int(from) + (Int(to) - Int(from)) * parts / 256)
    }
    return ThemeColor(
      red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
  }
}
