package import FolioBilling
import FolioStore
import Publishing

/// What a build will do, and why: a comparison of the store with what is published.
package struct BuildPlan: Sendable {
  /// A portal to be made.
  package struct Portal: Hashable, Sendable {
    package let customer: CustomerID
    /// The folder's name below the web root.
    package let name: String
    package let reasons: [BuildReason]

    package init(customer: CustomerID, name: String, reasons: [BuildReason]) {
      (self.customer, self.name, self.reasons) = (customer, name, reasons)
    }
  }

  /// A folder to be removed.
  package struct Removal: Hashable, Sendable {
    package let name: String
    /// Empty where nothing tells whose it was.
    package let owner: String
    package let reason: RemovalReason
  }

  /// In order of customers.
  package fileprivate(set) var portals: [Portal] = []
  /// Customers whose portals are as they would be made.
  package fileprivate(set) var current: [CustomerID] = []
  package fileprivate(set) var removals: [Removal] = []
  /// Customers of whom more was published than the store knows.
  package fileprivate(set) var rewound: [String] = []

  /// The plan for some of its portals; what the others' new addresses would replace stays as well.
  func limited(to customers: Set<CustomerID>) -> BuildPlan {
    let chosen = Set(customers.map(\.text))
    var plan = self
    plan.portals.removeAll { !customers.contains($0.customer) }
    plan.removals.removeAll { $0.reason == .renamed && !chosen.contains($0.owner) }
    return plan
  }

  /// The plan without removals of portals whose successors, at other addresses, could not be made.
  func keepingPortals(of failures: [PortalFailure]) -> BuildPlan {
    let owners = Set(failures.map(\.customer.text))
    var plan = self
    plan.removals.removeAll { $0.reason == .renamed && owners.contains($0.owner) }
    return plan
  }
}

/// Makes a plan, reading no customer's facts.
struct BuildPlanner {
  let facts: PublicationFacts
  let inventory: SiteInventory
  let fingerprint: [UInt8]
  let request: BuildRequest
  /// nil where portals are named by their customers.
  let key: SiteKey?
  /// Whether the store still has an event at its place.
  let hasEvent: (EventMark) throws -> Bool

  /// Walks through the store's customers and what is published side by side, both in order of identifiers.
  ///
  /// - Throws: `BuildError`, and what the store and the web root throw.
  func plan() throws -> BuildPlan {
    var plan = BuildPlan()
    plan.portals.reserveCapacity(facts.customers.count)
    let wanted = Set(request.customers)
    var (found, rest) = (0, inventory.published[...])
    for customer in facts.customers {
      forget(rest.takePrefix { $0.owner.precedes(customer.id.text) }, isKnown: false, wanted, &plan)
      let rows = rest.takePrefix { $0.owner.utf8.elementsEqual(customer.id.text.utf8) }
      let isWanted = wanted.isEmpty || wanted.contains(customer.id)
      if isWanted { found += 1 }
      if !customer.isPresent {
        forget(rows, isKnown: true, wanted, &plan)
      } else if isWanted {
        try decide(customer, rows, &plan)
      }
    }
    forget(rest, isKnown: false, wanted, &plan)
    if found < wanted.count { try reportUnknown(wanted) }
    if key == nil { try checkNames() }
    if wanted.isEmpty { try forgetUnrecorded(&plan) }
    return plan
  }

  /// The folder of a portal; what is recorded under today's fingerprint, which covers the site key, needs no HMAC.
  private func folderName(of customer: CustomerID, _ known: ArraySlice<PublishedDirectory>) -> String {
    if let last = known.last, known.count == 1,
      last.stamp.suffix(fingerprint.count).elementsEqual(fingerprint)
    {
      return last.name
    }
    return key?.portalName(of: customer) ?? customer.text
  }

  /// - Parameter known: what is published of the customer.
  private func decide(
    _ customer: PublicationFacts.CustomerState, _ known: ArraySlice<PublishedDirectory>,
    _ plan: inout BuildPlan
  ) throws {
    let name = folderName(of: customer.id, known)
    for row in known where !row.name.utf8.elementsEqual(name.utf8) && isOwn(row.name) {
      plan.removals.append(BuildPlan.Removal(name: row.name, owner: row.owner, reason: .renamed))
    }
    guard isOwn(name) else { return }
    let reasons = try reasons(customer, name, known, &plan)
    if reasons.isEmpty {
      plan.current.append(customer.id)
    } else {
      plan.portals.append(BuildPlan.Portal(customer: customer.id, name: name, reasons: reasons))
    }
  }

  /// One list for all customers of a new site, of whom there may be many.
  private static let firstTime: [BuildReason] = [.first]

  private func reasons(
    _ customer: PublicationFacts.CustomerState, _ name: String, _ known: ArraySlice<PublishedDirectory>,
    _ plan: inout BuildPlan
  ) throws -> [BuildReason] {
    var reasons: [BuildReason] = request.isFull ? [.forced] : []
    guard let row = known.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
      if !request.customers.isEmpty, !known.isEmpty { throw BuildError.portalUnderOtherName(customer.id) }
      if reasons.isEmpty, known.isEmpty { return Self.firstTime }
      return reasons + [known.first.map { .renamed(from: $0.name) } ?? .first]
    }
    if try inventory.isDisplaced(row) {
      reasons.append(inventory.live[name] == nil ? .missing : .displaced)
    }
    guard let stamp = PortalStamp(bytes: row.stamp) else { return reasons + [.configuration] }
    if try isRewound(customer, stamp) { plan.rewound.append(customer.id.text) }
    if stamp.revision != customer.revision {
      reasons.append(.facts(changes: customer.revision.counter - stamp.revision.counter))
    }
    if stamp.site != facts.site { reasons.append(.sharedFacts) }
    let view = stamp.view
    let key = PortalStamp.View.key(of: request.asOf, settledFrom: view.settledFrom)
    if view.asOf != key { reasons.append(.time(from: view.asOf, to: request.asOf)) }
    if !stamp.fingerprint.elementsEqual(fingerprint) { reasons.append(.configuration) }
    return reasons
  }

  /// Whether the store lacks events that the published portal shows.
  ///
  /// The same hash is the same set of events, however it was counted. Else a lower count tells a restored backup, and
  /// so does a newest event of then that the store has lost: it may have grown past the old count since.
  private func isRewound(_ customer: PublicationFacts.CustomerState, _ stamp: PortalStamp) throws -> Bool {
    for (now, then) in [(customer.revision, stamp.revision), (facts.site, stamp.site)]
    where now.hash != then.hash {
      if try now.counter < then.counter || !hasEvent(stamp.head) { return true }
    }
    return false
  }
}

extension BuildPlanner {
  private func reportUnknown(_ wanted: Set<CustomerID>) throws {
    let known = Set(facts.customers.map(\.id))
    for customer in request.customers where !known.contains(customer) {
      throw BuildError.unknownCustomer(customer)
    }
  }

  /// Plans to remove what is published of customers who have no portal any more.
  ///
  /// - Parameter isKnown: whether the store knows them at all; a store that does not has lost something.
  private func forget(
    _ rows: ArraySlice<PublishedDirectory>, isKnown: Bool, _ wanted: Set<CustomerID>, _ plan: inout BuildPlan
  ) {
    for row in rows where isOwn(row.name) {
      guard wanted.isEmpty || wanted.contains(where: { $0.text.utf8.elementsEqual(row.owner.utf8) }) else {
        continue
      }
      plan.removals.append(BuildPlan.Removal(name: row.name, owner: row.owner, reason: .gone))
      if !isKnown { plan.rewound.append(row.owner) }
    }
  }

  /// Plans to remove portals of which nothing is recorded and that are not about to be made.
  private func forgetUnrecorded(_ plan: inout BuildPlan) throws {
    let names = try inventory.unrecordedNames()
    if names.isEmpty { return }
    let expected = Set(plan.portals.map(\.name))
    for name in names where !expected.contains(name) && isOwn(name) {
      plan.removals.append(BuildPlan.Removal(name: name, owner: "", reason: .unrecorded))
    }
  }

  /// Whether a folder is this build's to remove.
  private func isOwn(_ name: String) -> Bool { request.shard?.contains(folder: name) ?? true }

  /// Refuses names that a file system without letter case, or the site's own folders, would mix up; those that a site
  /// key gives have no capital letters and differ.
  private func checkNames() throws(BuildError) {
    let present = facts.customers.lazy.filter(\.isPresent).map(\.id)
    let hasCapitals = present.contains { $0.text.utf8.contains { (65...90).contains($0) } }
    var owners: [[UInt8]: CustomerID] = [:]
    for customer in present {
      if customer.text.utf8.count == SiteConvention.sharedFolder.utf8.count || hasCapitals {
        let folded = customer.text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }
        if folded.elementsEqual(SiteConvention.sharedFolder.utf8) { throw .portalNameReserved(customer) }
        if let other = owners.updateValue(customer, forKey: folded) {
          throw .portalNamesCollide(other, customer)
        }
      }
    }
  }
}

extension ArraySlice {
  /// Takes away the elements at the beginning that fulfil a condition, and returns them.
  fileprivate mutating func takePrefix(while condition: (Element) -> Bool) -> ArraySlice {
    let taken = prefix(while: condition)
    self = self[taken.endIndex...]
    return taken
  }
}

extension String {
  /// Whether the bytes come before those of another text, as SQLite orders them.
  fileprivate func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
