import Hashing
import Testing

@Suite struct OrderFreeHashTests {
  private let digests = (0..<50).map { SHA256.hash([UInt8($0)]) }

  @Test func `the order of members makes no difference`() {
    let forwards = sum(digests)
    #expect(sum(digests.reversed()) == forwards)
    #expect(sum(Array(digests[20...] + digests[..<20])) == forwards)
    #expect(forwards.bytes == sum(digests.sorted { $0[0] < $1[0] }).bytes)
  }

  @Test func `a member that goes leaves no trace`() {
    var hash = sum(digests)
    hash.remove(digests[7])
    #expect(hash == sum(digests.enumerated().filter { $0.offset != 7 }.map(\.element)))
    for (index, digest) in digests.enumerated() where index != 7 { hash.remove(digest) }
    #expect(hash == OrderFreeHash())
    #expect(hash.bytes == [UInt8](repeating: 0, count: 32))
  }

  @Test func `a member counts as often as it is there`() {
    #expect(sum([digests[0]]) != sum([digests[0], digests[0]]))
    #expect(sum([digests[0]]).bytes == digests[0])
  }

  @Test func `lanes wrap without touching their neighbours`() {
    var hash = OrderFreeHash()
    hash.insert([UInt8](repeating: 0xFF, count: 32))
    var one = [UInt8](repeating: 0, count: 32)
    one[0] = 1
    hash.insert(one)
    #expect(hash.bytes == [UInt8](repeating: 0, count: 8) + [UInt8](repeating: 0xFF, count: 24))
  }

  @Test func `a sum survives its bytes, and only 32 are a sum`() {
    let hash = sum(digests)
    #expect(OrderFreeHash(bytes: hash.bytes) == hash)
    #expect(OrderFreeHash(bytes: Array(hash.bytes.dropLast())) == nil)
    #expect(OrderFreeHash(bytes: []) == nil)
  }

  private func sum(_ members: [[UInt8]]) -> OrderFreeHash {
    var hash = OrderFreeHash()
    for member in members { hash.insert(member) }
    return hash
  }
}
