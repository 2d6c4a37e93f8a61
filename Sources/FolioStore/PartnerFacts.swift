import FolioBilling
import SQLite

/// `billing.partner.updated`: a trading partner as it is from now on, and to which department its cost goes.
struct PartnerUpdated: BillingFact {
  let customerID: CustomerID
  let partnerID: PartnerID
  let name: String?
  let gln: String?
  /// A tag from a day on; nil leaves the tags as they are.
  let tag: DepartmentTag?

  init(_ fields: FieldReader, customerID: CustomerID, time: Timestamp?) throws(FieldError) {
    self.customerID = customerID
    partnerID = try fields.identifier("partner_id")
    name = try fields.optionalText("name", mostBytes: nameBytesLimit)
    gln = try fields.optionalText("gln", mostBytes: 13)
    guard fields.has("department") else {
      tag = nil
      return
    }
    guard let from = try fields.optionalDate("department_from") ?? time?.date else {
      throw fields.fail("department_from", .date)
    }
    tag = DepartmentTag(from: from, department: try fields.optionalText("department", mostBytes: 256))
  }

  var requires: [EventSubject] { [.customer(customerID)] }
  var introduces: [EventSubject] { [.partner(customerID, partnerID)] }

  func write(_ writer: FactWriter) throws {
    try writer.keepLatest(
      in: "partners", key: partnerKey(customerID, partnerID),
      [("name", .optional(name)), ("gln", .optional(gln))])
    try writer.keepEarliestTime("known_since", of: customerID, partnerID)
    guard let tag else { return }
    try writer.keepLatest(
      in: "partner_departments",
      key: partnerKey(customerID, partnerID) + [("from_day", .integer(Int64(tag.from.daysSinceEpoch)))],
      [("department", .optional(tag.department))])
  }
}

/// `billing.partner.deleted`: the partner is gone; what it exchanged stays.
struct PartnerDeleted: BillingFact {
  let customerID: CustomerID
  let partnerID: PartnerID

  init(_ fields: FieldReader, customerID: CustomerID) throws(FieldError) {
    self.customerID = customerID
    partnerID = try fields.identifier("partner_id")
  }

  var requires: [EventSubject] { [.customer(customerID), .partner(customerID, partnerID)] }

  func write(_ writer: FactWriter) throws {
    try writer.connection.statement(
      "UPDATE partners SET is_deleted = 1 WHERE customer_id = ? AND partner_id = ?"
    ).run([.text(customerID.text), .text(partnerID.text)])
    try writer.keepEarliestTime("deleted_at", of: customerID, partnerID)
  }
}

extension FactWriter {
  /// Keeps the earliest time at which a partner was heard of, or deleted.
  fileprivate func keepEarliestTime(
    _ column: String, of customer: CustomerID, _ partner: PartnerID
  ) throws {
    guard key.time > 0 else { return }
    try connection.statement(
      """
      UPDATE partners SET \(column) = min(coalesce(\(column), ?1), ?1)
      WHERE customer_id = ?2 AND partner_id = ?3
      """
    ).run([.integer(key.time), .text(customer.text), .text(partner.text)])
  }
}

private func partnerKey(_ customer: CustomerID, _ partner: PartnerID) -> [FactWriter.Column] {
  [("customer_id", .text(customer.text)), ("partner_id", .text(partner.text))]
}

extension PartnerUpdated {
  /// A customer's partners with their departments, in order of identifiers.
  static func load(of customer: CustomerID, from connection: Connection) throws -> [Partner] {
    let tags = try loadTags(of: customer, from: connection)
    return try connection.statement(
      """
      SELECT partner_id, name, gln, is_deleted, known_since, deleted_at FROM partners
      WHERE customer_id = ? ORDER BY partner_id
      """
    ).rows([.text(customer.text)]) { row in
      let id: PartnerID = try storedIdentifier(row.text(0), "partners.partner_id")
      return Partner(
        id: id, name: try row.optionalText(1).map(storedName), gln: try row.optionalText(2),
        knownSince: try row.optionalInteger(4).map(storedInstant),
        deletedAt: try row.optionalInteger(5).map(storedInstant), isDeleted: try row.integer(3) != 0,
        departments: tags[id] ?? [])
    }
  }

  private static func loadTags(
    of customer: CustomerID, from connection: Connection
  ) throws -> [PartnerID: [DepartmentTag]] {
    var tags: [PartnerID: [DepartmentTag]] = [:]
    _ = try connection.statement(
      """
      SELECT partner_id, from_day, department FROM partner_departments
      WHERE customer_id = ? ORDER BY partner_id, from_day
      """
    ).rows([.text(customer.text)]) { row in
      let id: PartnerID = try storedIdentifier(row.text(0), "partner_departments.partner_id")
      let day = try storedDay(row.integer(1))
      tags[id, default: []].append(
        DepartmentTag(from: day, department: try row.optionalText(2).map(storedName)))
    }
    return tags
  }
}
