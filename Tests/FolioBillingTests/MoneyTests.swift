import FolioBilling
import FolioTestSupport
import Testing

@Suite struct MoneyTests {
  @Test(
    arguments: [
      ("421.00", "USD", 42_100), ("421.1", "USD", 42_110), ("421", "USD", 42_100), ("-0.05", "USD", -5),
      ("-0", "USD", 0), ("0.00", "USD", 0), ("5", "JPY", 5), ("0.125", "BHD", 125), ("1.2345", "CLF", 12_345),
      ("92233720368547758.07", "USD", Int64.max),
    ])
  func `a plain decimal is read exactly`(text: String, code: String, minorUnits: Int64) throws {
    #expect(try Money(text, currency: currency(code)).minorUnits == minorUnits)
  }

  @Test(
    arguments: [
      "", "-", ".", "12abc", "1,5", "+5", "1e3", "1E3", "NaN", "Infinity", "٤٢١", "４２", " 1", "1 ", "1.",
      ".5",
      "--1", "1-", "1.2.3", "01", "-01", "00", "0x1", "1_000", "1\u{301}", "−5",
    ])
  func `any other spelling is refused`(text: String) throws {
    #expect(throws: DecimalError.notPlain) { try Money(text, currency: currency("USD")) }
  }

  @Test(arguments: [
    ("421.001", "USD", 3, 2), ("421.100", "USD", 3, 2), ("5.0", "JPY", 1, 0), ("0.1234", "BHD", 4, 3),
  ])
  func `more fraction digits than the currency has are refused`(
    text: String, code: String, found: Int, limit: Int
  ) throws {
    #expect(throws: DecimalError.tooManyFractionDigits(found: found, limit: limit)) {
      try Money(text, currency: currency(code))
    }
  }

  @Test(arguments: [
    "92233720368547758.08", "92233720368547759", "99999999999999999999", "0.1234567890123456789",
  ])
  func `a number that does not fit is refused`(text: String) throws {
    #expect(throws: DecimalError.tooLarge) { try Money(text, currency: currency("USD")) }
  }

  @Test func `the printed form is read back to the same amount`() throws {
    var random = SeededGenerator(seed: 1)
    for code in ["USD", "JPY", "BHD", "CLF"] {
      let currency = try currency(code)
      for _ in 0..<500 {
        let money = Money(
          minorUnits: Int64.random(in: -Int64.max...Int64.max, using: &random)
            >> Int64.random(in: 0...62, using: &random),
          currency: currency)
        #expect(try Money(money.decimalText, currency: currency) == money)
      }
    }
  }

  @Test func `sums that do not fit are errors`() throws {
    let most = Money(minorUnits: .max, currency: try currency("USD"))
    let least = Money(minorUnits: .min, currency: try currency("USD"))
    let cent = Money(minorUnits: 1, currency: try currency("USD"))
    #expect(throws: ArithmeticOverflow()) { try most.adding(cent) }
    #expect(throws: ArithmeticOverflow()) { try least.subtracting(cent) }
    #expect(throws: ArithmeticOverflow()) { try least.negated() }
    #expect(throws: ArithmeticOverflow()) { try most.scaled(by: 2, over: 1) }
    #expect(try most.scaled(by: 2, over: 2) == most)
  }

  @Test(
    arguments: [
      (5, 10, 1), (-5, 10, -1), (4, 10, 0), (-4, 10, 0), (15, 10, 2), (-15, 10, -2), (14, 10, 1),
      (-14, 10, -1),
      (25, 10, 3), (-25, 10, -3), (1, 3, 0), (2, 3, 1), (0, 7, 0),
    ])
  func `halves are rounded away from zero`(numerator: Int, denominator: Int, expected: Int64) throws {
    #expect(try roundedQuotient(Int128(numerator), Int128(denominator)) == expected)
  }

  @Test func `a unit price times a quantity is exact in 128 bits`() throws {
    let price = UnitPrice(try ExactDecimal("0.000000000000000001"), currency: try currency("USD"))
    #expect(try price.times(5_000_000_000_000_000).decimalText == "0.01")
    #expect(try price.times(4_999_999_999_999_999).decimalText == "0.00")
    #expect(try price.times(-5_000_000_000_000_000).decimalText == "-0.01")
    let large = UnitPrice(try ExactDecimal("9223372036.854775807"), currency: try currency("USD"))
    #expect(try large.times(10_000_000).decimalText == "92233720368547758.07")
    #expect(throws: ArithmeticOverflow()) { try large.times(10_000_001) }
  }

  @Test func `unit prices that are worth the same are equal`() throws {
    let usd = try currency("USD")
    let (short, long) = (
      UnitPrice(try ExactDecimal("0.05"), currency: usd), UnitPrice(try ExactDecimal("0.0500"), currency: usd)
    )
    #expect(short == long)
    #expect(long.decimalText == "0.05")
    #expect(UnitPrice(try ExactDecimal("299"), currency: usd).decimalText == "299.00")
    #expect(UnitPrice(try ExactDecimal("0.00450"), currency: usd).decimalText == "0.0045")
  }
}

@Suite struct CurrencyTests {
  @Test(
    arguments: [
      (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
      (3, "BHD IQD JOD KWD LYD OMR TND"), (4, "CLF UYW"), (2, "USD EUR GBP CHF HUF TWD CNY"),
    ])
  func `the minor unit has the digits of ISO 4217`(digits: Int, codes: String) throws {
    for code in codes.split(separator: " ") { #expect(try currency(String(code)).minorDigits == digits) }
  }

  @Test(arguments: ["XAU", "XAG", "XDR", "XXX", "XTS", "US", "USDD", "", "U\u{17F}D", "ＵＳＤ"])
  func `what has no minor unit is no currency`(code: String) { #expect(Currency(code: code) == nil) }

  @Test func `the code is read in small letters as the API prints it`() throws {
    #expect(try currency("usd").code == "USD")
    #expect(try currency("USD").lowercaseCode == "usd")
    #expect(try Currency(ordinal: currency("EUR").ordinal).code == "EUR")
  }

  @Test(arguments: [
    (0, 0, "0"), (0, 2, "0.00"), (-5, 2, "-0.05"), (-5, 0, "-5"), (42_100, 2, "421.00"),
    (1, 18, "0.000000000000000001"), (Int64.min, 0, "-9223372036854775808"),
    (Int64.min, 18, "-9.223372036854775808"), (Int64.max, 2, "92233720368547758.07"),
  ])
  func `a decimal is printed with every digit of its scale`(coefficient: Int64, scale: Int, text: String) {
    #expect(ExactDecimal(coefficient: coefficient, scale: scale).text == text)
  }
}
