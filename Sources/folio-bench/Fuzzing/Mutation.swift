/// Makes inputs out of known ones: what a careless sender or an attacker might send instead.
struct Mutation {
  /// Known inputs; never empty.
  let corpus: [[UInt8]]
  /// Words of the grammar, to be put in anywhere.
  let words: [[UInt8]]
  /// What the input at most may grow to.
  private static let bytesLimit = 1 << 16

  /// The next input: a known one with up to eight changes.
  func next(_ random: inout BenchRandom) -> [UInt8] {
    var input = corpus[random.below(corpus.count)]
    for _ in 0..<random.below(9) { change(&input, &random) }
    return Array(input.prefix(Self.bytesLimit))
  }

  private func change(_ input: inout [UInt8], _ random: inout BenchRandom) {
    let place = random.below(input.count + 1)
    switch random.below(8) {
    case 0 where place < input.count: input[place] ^= 1 << UInt8(random.below(8))
    case 1 where place < input.count: input[place] = random.byte()
    case 2: input.insert(random.byte(), at: place)
    case 3: input.insert(contentsOf: words[random.below(words.count)], at: place)
    case 4: input.removeSubrange(place..<min(input.count, place + 1 + random.below(16)))
    case 5: input.removeSubrange(place...)
    case 6: input.insert(contentsOf: slice(of: input, &random), at: place)
    default: input.replaceSubrange(place..., with: slice(of: corpus[random.below(corpus.count)], &random))
    }
  }

  /// A part of an input, once or over and over.
  private func slice(of input: [UInt8], _ random: inout BenchRandom) -> [UInt8] {
    let start = random.below(input.count + 1)
    let part = input[start..<min(input.count, start + 1 + random.below(64))]
    let times = random.below(16) == 0 ? 1 + random.below(200) : 1
    return Array(repeatElement(part, count: times).joined())
  }
}
