import FolioTestSupport
import HTTPServing
import Testing

@Suite struct MutationTests {
  /// Requests of every kind, with bytes changed, doubled, dropped and exchanged for those that matter most.
  @Test func `no bytes trap the parser, and every cut of them comes to the same`() {
    var random = SeededGenerator(seed: 2026)
    let seeds = RequestCase.all.map(\.bytes).filter { !$0.isEmpty }
    let deadline = ContinuousClock.now + .seconds(2)
    var rounds = 0
    while rounds < 500 || (rounds < 20_000 && ContinuousClock.now < deadline) {
      var bytes = seeds[random.below(seeds.count)]
      if random.below(3) == 0 { bytes += seeds[random.below(seeds.count)] }
      for _ in 0...random.below(4) { mutate(&bytes, &random) }
      let whole = ParserRun(bytes)
      #expect(whole == ParserRun(bytes, cuts: Array(0..<bytes.count)), "\(bytes)")
      let cuts = (0..<3).map { _ in random.below(bytes.count + 1) }.sorted()
      #expect(whole == ParserRun(bytes, cuts: cuts), "\(bytes)")
      rounds += 1
    }
  }

  private static let tokens: [[UInt8]] = [
    "\r\n", "\r", "\n", "\r\n\r\n", " ", "\t", ":", ";", ",", "0", "F", "-", "+", "%", "\0", "\u{85}",
    "chunked", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Host: a\r\n", "HTTP/1.1",
    "FFFFFFFFFFFFFFFF", "9223372036854775808",
  ].map { Array($0.utf8) }

  private func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    let place = random.below(bytes.count + 1)
    switch random.below(5) {
    case 0 where place < bytes.count: bytes[place] = UInt8(random.below(256))
    case 1 where place < bytes.count: bytes.remove(at: place)
    case 2: bytes.insert(contentsOf: Self.tokens[random.below(Self.tokens.count)], at: place)
    case 3: bytes.insert(contentsOf: bytes[place...], at: place)
    case 4: bytes.removeSubrange(place..<min(bytes.count, place + random.below(20)))
    default: bytes.append(UInt8(random.below(256)))
    }
  }
}
