import FolioBilling
import FolioStore
import JSON

/// One customer of the demo with all that is known of it beside usage and invoices.
struct DemoCustomer {
  let index: Int
  let company: DemoCompany
  let id: CustomerID
  let maker: DemoEvents
  /// How many customers of its kind are before it.
  private let round: Int

  init(index: Int) {
    self.index = index
    (company, round) = DemoCompany.company(of: index)
    id = demoIdentifier("cus_demo_" + demoNumber(index + 1, 4))
    maker = DemoEvents(customer: id)
  }

  /// Whether another customer of its kind has shown everything already.
  var isOneOfMany: Bool { round > 0 }

  /// When the first thing about the customer is known.
  var start: Timestamp { DemoCalendar.instant(company.since) }

  /// The facts that its operators enter, in order of time.
  func masterData() throws(FieldError) -> [ReceivedEvent] {
    var events = [try updated(at: start, purchaseOrder: "PO-77\(demoNumber(index + 10, 3))")]
    events += try company.contract.events(of: self)
    for (place, method) in company.methods.enumerated() {
      events.append(try method.event(of: self, place: place))
    }
    events += try company.controls.events(of: self)
    events += company.traffic.lateReadings.enumerated().map { place, reading in
      reading.event(maker, place: place)
    }
    for place in 0..<company.traffic.partnerCount {
      events += try DemoPartner(customer: self, place: place).events()
    }
    if let notice = company.notice { events.append(try notice.event(maker)) }
    return events.enumerated().sorted {
      ($0.element.time ?? start, $0.offset) < ($1.element.time ?? start, $1.offset)
    }
    .map(\.element)
  }

  /// What is known of the customer itself, with the order number that its invoices are to bear from then on.
  func updated(at instant: Timestamp, purchaseOrder: String) throws(FieldError) -> ReceivedEvent {
    let name = instant == start ? "customer" : "customer_" + instant.date.text
    return try maker.make(
      .customerUpdated, name, at: instant,
      [
        ("name", text(round == 0 ? company.name : company.name + " \(round + 1)")),
        ("currency", text(company.currency)), ("address_lines", list(company.address)),
        ("country", text(company.country)), ("language", company.language.map(text) ?? .null),
        ("tax_ids", .array(company.taxID.map { [$0.json] } ?? [])),
        ("tax", company.tax.json), ("purchase_order", text(purchaseOrder)),
      ])
  }
}
