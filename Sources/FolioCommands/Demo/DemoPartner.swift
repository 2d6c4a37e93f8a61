import FolioBilling
import FolioStore
import JSON

/// The partners of a customer of the demo: names, departments, and when they come and go.
struct DemoPartner {
  let customer: DemoCustomer
  let place: Int

  /// The id of a partner by its place.
  static func id(_ place: Int) -> PartnerID { demoIdentifier("prt_partner_" + demoNumber(place + 1, 3)) }

  /// All that is said of the partner over time.
  func events() throws(FieldError) -> [ReceivedEvent] {
    var events = [try updated(0, at: knownSince, department: firstDepartment, from: knownSince.date)]
    let moves = customer.company.departments.moves.filter { $0.partner == place }
    for (number, move) in moves.enumerated() {
      let day = DemoCalendar.day(move.day)
      let department = move.department.map { text($0) } ?? .null
      events.append(
        try updated(number + 1, at: day.start.adding(seconds: 9 * 3_600), department: department, from: day))
    }
    if case .deleted(let day)? = customer.company.traffic.roles[place] {
      events.append(
        try customer.maker.make(
          .partnerDeleted, "partner_deleted_\(place + 1)", at: DemoCalendar.day(day).start,
          [("partner_id", text(Self.id(place).text))]))
    }
    return events
  }

  private var knownSince: Timestamp {
    if case .new(let day)? = customer.company.traffic.roles[place] { return DemoCalendar.day(day).start }
    return customer.start
  }

  /// The last partner of each customer is in no department, as are all where there are none.
  private var firstDepartment: JSONValue? {
    let names = customer.company.departments.names
    if names.isEmpty || place + 1 == customer.company.traffic.partnerCount { return nil }
    return text(names[place % names.count])
  }

  private func updated(
    _ number: Int, at instant: Timestamp, department: JSONValue?, from day: CalendarDate
  ) throws(FieldError) -> ReceivedEvent {
    var data: DemoMembers = [
      ("partner_id", text(Self.id(place).text)), ("name", text(DemoNames.partner(place, of: customer.index))),
    ]
    if place % 3 == 0 { data.append(("gln", text(DemoNames.locationNumber(customer.index, place)))) }
    if let department { data += [("department", department), ("department_from", text(day.text))] }
    return try customer.maker.make(.partnerUpdated, "partner_\(place + 1)_\(number)", at: instant, data)
  }
}

/// Where a customer's partners belong.
struct DemoDepartments {
  var names: [String] = []
  /// Partners that go elsewhere, or nowhere, from a day on.
  var moves: [(partner: Int, day: String, department: String?)] = []
}
