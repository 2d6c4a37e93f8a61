import Hashing
import OperatingSystem

extension Benchmark {
  /// How fast content of a usual page's size is hashed, in this process: for context.
  func measureHashing() throws {
    let page = [UInt8](repeating: 0x61, count: 32_768)
    let key = ContentHashKey(bytes: Array(0..<16))
    try measureHash("sha256_megabytes_per_second", page, rounds: 200) { _ = SHA256.hash(page) }
    try measureHash("plain_sha256_megabytes_per_second", page, rounds: 200) {
      var hash = SHA256(isPlain: true)
      hash.update(page)
      _ = hash.finalize()
    }
    try measureHash("content_hash_megabytes_per_second", page, rounds: 2_000) {
      _ = ContentHash(of: page, key: key)
    }
  }

  private func measureHash(_ name: String, _ page: [UInt8], rounds: Int, _ hash: () -> Void) throws {
    let times = (0..<runs).map { _ in
      let start = Clock.monotonic()
      for _ in 0..<rounds { hash() }
      return Clock.monotonic() - start
    }
    let bytes = Double(page.count) * Double(rounds)
    // Others only take time away: the best run is what the code can do.
    try report.add(name, bytes / 1e6 / (Double(times.min() ?? 1) / 1e9), "MB/s")
  }
}
