package import FolioBilling

/// A partner's messages, as allocation weighs them.
package struct PartnerMessages: Hashable, Sendable {
  /// Nil for what the source did not itemise.
  package let partnerID: PartnerID?
  package let messages: Int64
  /// Those of `messages` that have a price, and so decide the share: failed ones may have none.
  package let charged: Int64
  /// The same messages by the month's segments, where prices change within it; else empty.
  package let bySegment: [UsageCounts]

  /// All messages are charged where nothing else is said.
  package init(
    partnerID: PartnerID?, messages: Int64, charged: Int64? = nil, bySegment: [UsageCounts] = []
  ) {
    self.partnerID = partnerID
    self.messages = messages
    self.charged = charged ?? messages
    self.bySegment = bySegment
  }
}

extension PartnerMessages {
  /// What was not itemised, together.
  fileprivate init(sumOf items: [PartnerMessages]) throws(ArithmeticOverflow) {
    var (messages, charged): (Int64, Int64) = (0, 0)
    var bySegment: [UsageCounts] = []
    for item in items {
      messages = try messages.addingChecked(item.messages)
      charged = try charged.addingChecked(item.charged)
      let missing = max(0, item.bySegment.count - bySegment.count)
      bySegment += Array(repeating: UsageCounts(), count: missing)
      for (index, counts) in item.bySegment.enumerated() {
        bySegment[index] = try bySegment[index].adding(counts)
      }
    }
    self.init(partnerID: nil, messages: messages, charged: charged, bySegment: bySegment)
  }
}

extension Charges {
  /// The gross message charges by row: each price's by the messages that have it, where they are known.
  fileprivate func messageParts(across rows: [PartnerMessages]) throws(ArithmeticOverflow) -> [Money] {
    let isKnown = rows.allSatisfy { $0.messages == 0 || !$0.bySegment.isEmpty }
    guard isKnown, !messageGroups.isEmpty else {
      return messageChargesGross.split(across: rows.map { max(0, $0.charged) })
    }
    var parts = rows.map { _ in Money.zero(currency) }
    for group in messageGroups {
      let shares = group.gross.split(across: rows.map { max(0, group.charged($0.bySegment)) })
      for (index, share) in shares.enumerated() { parts[index] = try parts[index].adding(share) }
    }
    return parts
  }
}

/// A part of a partner's month that belongs to one department.
package struct DepartmentShare: Hashable, Sendable {
  /// Nil for none: Unallocated.
  package let department: String?
  package let messages: Int64
  /// Those of `messages` that have a price, and so decide the share of the charges.
  package let charged: Int64

  /// All messages are charged where nothing else is said.
  package init(department: String?, messages: Int64, charged: Int64? = nil) {
    self.department = department
    self.messages = messages
    self.charged = charged ?? messages
  }
}

/// What one partner costs, before the base fee covers anything.
package struct PartnerCost: Hashable, Sendable {
  /// Nil for what the source did not itemise.
  package let partnerID: PartnerID?
  package let messages: Int64
  /// Gross: messages × rate.
  package let messageCharges: Money
  package let partnerFees: Money
  /// Both.
  package let cost: Money
}

/// What one department costs, before the base fee covers anything.
package struct DepartmentCost: Hashable, Sendable {
  /// Nil for what belongs to no department: Unallocated.
  package let department: String?
  /// In order of identifiers.
  package let partnerIDs: [PartnerID]
  package let messages: Int64
  package let messageCharges: Money
  package let partnerFees: Money
  package let cost: Money
}

/// A partner's cost, or the part of it that belongs to one department.
package struct DepartmentPart: Hashable, Sendable {
  /// Nil for none: Unallocated.
  package let department: String?
  package let partner: PartnerCost
}

/// A month's charges by partner and by department.
///
/// The basis: gross message charges in proportion to charged messages, those of each price by themselves; partner fees in equal parts over the active
/// partners, both by largest remainder with ties by identifier bytes. With one rate that is messages × rate;
/// with tiers or several rates no partner has a rate of its own, and its messages decide. The unused part of
/// the base fee and other charges belong to no partner: they are rows of the `identity`.
package struct Allocation: Hashable, Sendable {
  /// In order of identifiers, what was not itemised last.
  package let partners: [PartnerCost]
  /// The partners by the departments that they belonged to, in order of partners.
  package let parts: [DepartmentPart]
  /// In order of the names' bytes; Unallocated is last and always there.
  package let departments: [DepartmentCost]
  /// How the costs and the charges belong together.
  package let identity: ReconcilingIdentity

  /// Allocates a month's charges.
  ///
  /// `usage` has one entry for each partner with messages, in any order. `activePartners` are those that fees
  /// were charged for; what they are more than itemised partners with messages is weighed as not itemised.
  /// `shares` gives the departments that a partner belonged to in the month, each with its part of the partner's
  /// messages: charges follow the charged ones, fees all of them, by largest remainder. A single share takes the
  /// whole partner, whatever its weights. Names are told apart by their bytes.
  ///
  /// - Complexity: O(n log n).
  package init(
    _ charges: Charges, over usage: [PartnerMessages], activePartners: Int64,
    shares: (PartnerID) -> [DepartmentShare]
  ) throws(ArithmeticOverflow) {
    partners = try Self.partners(charges, usage, activePartners)
    parts = try Self.parts(of: partners, shares)
    departments = try Self.departments(parts, in: charges.currency)
    identity = ReconcilingIdentity(charges)
  }

  private static func partners(
    _ charges: Charges, _ usage: [PartnerMessages], _ activePartners: Int64
  ) throws(ArithmeticOverflow) -> [PartnerCost] {
    let itemised = usage.filter { $0.partnerID != nil }.sorted { precedes($0.partnerID, $1.partnerID) }
    let active = Int64(itemised.count { $0.messages > 0 })
    let rows = [try PartnerMessages(sumOf: usage.filter { $0.partnerID == nil })] + itemised
    // The rest comes first, because a split without weights gives all to the first.
    let fees = [max(0, activePartners - active)] + itemised.map { $0.messages > 0 ? 1 : 0 }
    let messageParts = try charges.messageParts(across: rows)
    let feeParts = charges.partnerFees.split(across: fees)
    var costs: [PartnerCost] = []
    for (row, (messageCharges, fees)) in zip(rows, zip(messageParts, feeParts)) {
      costs.append(
        PartnerCost(
          partnerID: row.partnerID, messages: row.messages, messageCharges: messageCharges,
          partnerFees: fees, cost: try messageCharges.adding(fees)))
    }
    let remainder = costs.removeFirst()
    return remainder.messages == 0 && remainder.cost.isZero ? costs : costs + [remainder]
  }

  /// The same for partners that belong to one department each, or to none.
  package init(
    _ charges: Charges, over usage: [PartnerMessages], activePartners: Int64,
    department: (PartnerID) -> String?
  ) throws(ArithmeticOverflow) {
    try self.init(charges, over: usage, activePartners: activePartners) { id in
      [DepartmentShare(department: department(id), messages: 0)]
    }
  }

  private static func parts(
    of partners: [PartnerCost], _ shares: (PartnerID) -> [DepartmentShare]
  ) throws(ArithmeticOverflow) -> [DepartmentPart] {
    var parts: [DepartmentPart] = []
    parts.reserveCapacity(partners.count)
    for partner in partners { try partner.append(to: &parts, for: partner.partnerID.map(shares) ?? []) }
    return parts
  }

  private static func departments(
    _ parts: [DepartmentPart], in currency: Currency
  ) throws(ArithmeticOverflow) -> [DepartmentCost] {
    var tallies: [[UInt8]: DepartmentTally] = [:]
    var unallocated = DepartmentTally(nil, in: currency)
    for part in parts {
      if let name = part.department {
        try tallies[Array(name.utf8), default: DepartmentTally(name, in: currency)].add(part.partner)
      } else {
        try unallocated.add(part.partner)
      }
    }
    var costs: [DepartmentCost] = []
    for (_, tally) in tallies.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      costs.append(try DepartmentCost(tally))
    }
    return costs + [try DepartmentCost(unallocated)]
  }

  private static func precedes(_ left: PartnerID?, _ right: PartnerID?) -> Bool {
    guard let left, let right else { return left != nil }
    return left < right
  }
}

extension PartnerCost {
  /// Appends the cost in the parts that belong to departments; a partner without shares belongs to none.
  fileprivate func append(
    to parts: inout [DepartmentPart], for shares: [DepartmentShare]
  ) throws(ArithmeticOverflow) {
    guard shares.count > 1 else {
      return parts.append(DepartmentPart(department: shares.first?.department, partner: self))
    }
    let charges = messageCharges.split(across: shares.map { max(0, $0.charged) })
    let fees = partnerFees.split(across: shares.map { max(0, $0.messages) })
    for (share, (charges, fees)) in zip(shares, zip(charges, fees)) {
      let part = PartnerCost(
        partnerID: partnerID, messages: share.messages, messageCharges: charges, partnerFees: fees,
        cost: try charges.adding(fees))
      parts.append(DepartmentPart(department: share.department, partner: part))
    }
  }
}

extension DepartmentCost {
  /// Adds up the departments of several months, told apart by their names' bytes; Unallocated is last.
  ///
  /// Those of a month are as an `Allocation` has them, so a single month's are the sums.
  package static func sums(
    of months: [[DepartmentCost]], in currency: Currency
  ) throws(ArithmeticOverflow) -> [DepartmentCost] {
    if months.count == 1 { return months[0] }
    var members: [[UInt8]: [DepartmentCost]] = [:]
    for cost in months.joined() {
      if let name = cost.department { members[Array(name.utf8), default: []].append(cost) }
    }
    var sums: [DepartmentCost] = []
    for (_, costs) in members.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      sums.append(try DepartmentCost(costs[0].department, sumOf: costs, in: currency))
    }
    let unallocated = months.joined().filter { $0.department == nil }
    return sums + [try DepartmentCost(nil, sumOf: unallocated, in: currency)]
  }

  private init(
    _ department: String?, sumOf costs: [DepartmentCost], in currency: Currency
  ) throws(ArithmeticOverflow) {
    self.department = department
    partnerIDs = Set(costs.lazy.flatMap(\.partnerIDs)).sorted()
    var messages: Int64 = 0
    for cost in costs { messages = try messages.addingChecked(cost.messages) }
    self.messages = messages
    messageCharges = try Money.sum(of: costs.lazy.map(\.messageCharges), in: currency)
    partnerFees = try Money.sum(of: costs.lazy.map(\.partnerFees), in: currency)
    cost = try messageCharges.adding(partnerFees)
  }

  fileprivate init(_ tally: DepartmentTally) throws(ArithmeticOverflow) {
    department = tally.department
    partnerIDs = tally.partnerIDs
    messages = tally.messages
    messageCharges = tally.messageCharges
    partnerFees = tally.partnerFees
    cost = try messageCharges.adding(partnerFees)
  }
}

/// A department's sums so far.
private struct DepartmentTally {
  let department: String?
  private(set) var partnerIDs: [PartnerID] = []
  private(set) var messages: Int64 = 0
  private(set) var messageCharges: Money
  private(set) var partnerFees: Money

  init(_ department: String?, in currency: Currency) {
    self.department = department
    (messageCharges, partnerFees) = (.zero(currency), .zero(currency))
  }

  /// Adds the next partner in order of identifiers.
  mutating func add(_ partner: PartnerCost) throws(ArithmeticOverflow) {
    if let id = partner.partnerID { partnerIDs.append(id) }
    messages = try messages.addingChecked(partner.messages)
    messageCharges = try messageCharges.adding(partner.messageCharges)
    partnerFees = try partnerFees.adding(partner.partnerFees)
  }
}
