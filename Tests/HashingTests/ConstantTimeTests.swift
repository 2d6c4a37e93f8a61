import Hashing
import Testing

@Suite struct ConstantTimeTests {
  @Test func `equal bytes are equal`() {
    #expect(ConstantTime.equal([], []))
    #expect(ConstantTime.equal([1, 2, 3], [1, 2, 3]))
  }

  @Test(arguments: 0..<256)
  func `any one bit makes a difference`(bit: Int) {
    let digest = SHA256.hash([])
    var other = digest
    other[bit / 8] ^= 1 << UInt8(bit % 8)
    #expect(!ConstantTime.equal(digest, other))
  }

  @Test func `a prefix is not equal`() {
    #expect(!ConstantTime.equal([1, 2], [1, 2, 3]))
    #expect(!ConstantTime.equal([], [0]))
  }
}
