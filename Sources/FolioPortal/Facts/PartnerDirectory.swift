import FolioBilling

/// The partners of a customer by identifier.
struct PartnerDirectory {
  private let partners: [PartnerID: Partner]
  private let known: Set<PartnerID>

  init(_ partners: [Partner]) {
    self.partners = Dictionary(partners.map { ($0.id, $0) }) { first, _ in first }
    known = Set(partners.lazy.filter { !$0.isDeleted }.map(\.id))
  }

  /// A partner; one that nothing but usage names has no name.
  subscript(id: PartnerID) -> Partner { partners[id] ?? Partner(id: id, name: nil) }

  /// How many partners there are that are known and not deleted, or are among `seen`.
  func count(with seen: some Sequence<PartnerID>) -> Int64 {
    Int64(known.count + Set(seen).subtracting(known).count)
  }
}
