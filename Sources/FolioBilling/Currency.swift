/// An ISO 4217 currency that money can be kept in.
///
/// Metals, the SDR and the testing codes have no minor unit and are not here.
package struct Currency: Hashable, Comparable, Sendable {
  private let index: UInt8

  /// The alphabetic code in capitals, `USD`.
  package var code: String { Self.codes[Int(index)] }

  /// The code as the API prints it, `usd`.
  package var lowercaseCode: String { Self.lowercaseCodes[Int(index)] }

  /// How many decimal digits the minor unit has: 0, 2, 3 or 4.
  package var minorDigits: Int { Int(Self.digits[Int(index)]) }

  /// A small number that stands for the currency within one run of the program.
  package var ordinal: Int { Int(index) }

  /// Finds the currency with this code, in capitals or in small letters, or nil when ISO 4217 has none.
  package init?(code: String) {
    guard let index = Self.indexes[Array(code.utf8).map(asciiUppercase)] else { return nil }
    self.index = index
  }

  /// All of them, in the order of their ordinals.
  package static var all: [Currency] { codes.indices.map { Currency(ordinal: $0) } }

  /// The currency whose `ordinal` this is.
  package init(ordinal: Int) {
    precondition(Self.codes.indices.contains(ordinal), "an ordinal comes from a currency")
    index = UInt8(ordinal)
  }

  package static func < (left: Self, right: Self) -> Bool { left.index < right.index }
}

extension Currency {
  private static let codes = listOfCodes.split(separator: " ").map(String.init).sorted()
  private static let lowercaseCodes = codes.map { $0.lowercased() }
  private static let digits: [UInt8] = codes.map(minorDigits(of:))
  private static let indexes: [[UInt8]: UInt8] = Dictionary(
    uniqueKeysWithValues: codes.enumerated().map { (Array($1.utf8), UInt8($0)) })

  private static let withoutDigits = Set(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(separator: " "))
  private static let withThreeDigits = Set("BHD IQD JOD KWD LYD OMR TND".split(separator: " "))
  private static let withFourDigits = Set("CLF UYW".split(separator: " "))

  private static func minorDigits(of code: String) -> UInt8 {
    if withoutDigits.contains(code[...]) { return 0 }
    if withThreeDigits.contains(code[...]) { return 3 }
    return withFourDigits.contains(code[...]) ? 4 : 2
  }

  /// ISO 4217's active codes that have a minor unit.
  private static let listOfCodes = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD \
    CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL \
    GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD \
    KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO \
    NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD \
    SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV \
    WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """
}

private func asciiUppercase(_ byte: UInt8) -> UInt8 {
  (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 32 : byte
}
