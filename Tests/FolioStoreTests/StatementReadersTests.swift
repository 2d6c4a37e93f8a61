import FolioBilling
import FolioStore
import Testing

@Suite struct StatementReadersTests {
  private let readers: StatementReaders
  private let store: TemporaryStore

  private struct Stop: Error {}

  init() throws {
    store = try TemporaryStore()
    _ = try store.open()
    readers = StatementReaders(path: store.path)
  }

  private func known() throws -> [String] {
    let instant = try instant("2030-01-01T00:00:00Z")
    return try readers.use { try $0.customers(asOf: instant) }.map(\.text)
  }

  private func identity() throws -> ObjectIdentifier { try readers.use { ObjectIdentifier($0) } }

  @Test func `a reader that is free is used again`() throws {
    let first = try identity()
    #expect(try identity() == first)
  }

  @Test func `a reader that is in use is not given to another`() throws {
    try readers.use { outer in
      let (outer, inner) = (ObjectIdentifier(outer), try identity())
      #expect(inner != outer)
    }
  }

  @Test func `a store that changes is read as it is then`() throws {
    #expect(try known() == [])
    try store.apply([
      try event(
        .customerUpdated, "e_1", at: "2024-01-01T00:00:00Z", of: "cus_a", #"{"name":"N","currency":"usd"}"#)
    ])
    #expect(try known() == ["cus_a"])
  }

  @Test func `after an error another reader is opened`() throws {
    let first = try identity()
    #expect(throws: Stop.self) {
      try readers.use { reader in
        #expect(ObjectIdentifier(reader) == first)
        throw Stop()
      }
    }
    #expect(try known() == [])
  }

  @Test func `a store that is not there is an error each time`() {
    let none = StatementReaders(path: store.path + ".none")
    for _ in 0..<2 { #expect(throws: (any Error).self) { try none.use { _ in } } }
  }
}
