import FolioBilling
import Templating

/// Lines of a charge for people: a name, the arithmetic as a sentence, the amount.
struct ChargeRows {
  private static let names = FieldNames(
    .label, .plan, .arithmetic, .coverage, .period, .hasLinks, .links, .amount)

  let messages: MessageCatalog
  /// Where lines of messages lead; nil where their days and partners stand on the same page.
  var links: ChargeLinks?

  /// The lines in their order, then the messages that no plan charges, if there are any.
  func rows(_ lines: [ChargeLine], unplanned: Int64? = nil) throws -> TemplateValue {
    let kinds = lines.map(\.kind)
    var rows: [TemplateValue] = []
    for (line, next) in zip(lines, kinds.dropFirst().map(Optional.some) + [nil]) {
      rows.append(try row(line, isPackaged: line.kind == .messages && next == .packages))
    }
    if let unplanned, unplanned > 0, let currency = lines.first?.amount.currency {
      rows.append(try row(unplanned: unplanned, in: currency))
    }
    return .list(rows)
  }

  private func row(unplanned: Int64, in currency: Currency) throws -> TemplateValue {
    Self.names.row(
      .text(try messages.text("charges.unplanned", count: unplanned, ["messages": .count(unplanned)])), .null,
      .null, .null, .null, .bool(false), .list([]), .money(.zero(currency)))
  }

  private func row(_ line: ChargeLine, isPackaged: Bool) throws -> TemplateValue {
    Self.names.row(
      .text(try line.label ?? messages.text("charges.kind.\(line.kind.rawValue)")), .text(line.planName),
      try isPackaged ? packaged(line) : arithmetic(of: line), try coverage(of: line),
      line.isOfItsOwnTime ? .text(messages.printer.days(line.servicePeriod)) : .null,
      .bool(try !links(of: line).isEmpty), .list(try links(of: line)), .money(line.amount))
  }

  /// Where the days and the partners behind a line stand, if it is of messages of one month.
  private func links(of line: ChargeLine) throws -> [TemplateValue] {
    guard let links, line.kind.countsMessages else { return [] }
    let month = line.servicePeriod.start.date.month
    guard line.servicePeriod.inclusiveEnd.date.month == month, links.hasPage(month) else { return [] }
    let page = PortalPaths.address(of: PortalPaths.usage(month), from: links.path)
    return try ["days", "partners"].map { part in
      .fields([
        .href: .text(page + "#" + part),
        .label: .text(try messages.text("charges.behind.\(part)", ["month": .month(month)])),
      ])
    }
  }

  private func packaged(_ line: ChargeLine) throws -> TemplateValue {
    let quantity = line.quantity ?? 0
    return try messages.sentence("charges.packaged", count: quantity, ["messages": .count(quantity)])
  }

  private func arithmetic(of line: ChargeLine) throws -> TemplateValue {
    guard let quantity = line.quantity else { return try correction(by: line) }
    if line.kind == .lateUsage { return try difference(of: quantity) }
    guard let unitPrice = line.unitPrice else {
      return try messages.sentence("charges.quantity", ["quantity": .count(quantity)])
    }
    guard let proration = line.proration else {
      return try messages.sentence(
        "charges.product",
        ["quantity": .count(quantity), "unit_price": .unitPrice(unitPrice), "gross": .money(line.gross)])
    }
    let day: Int64 = 86_400
    let isWholeDays = proration.seconds % day == 0 && proration.ofSeconds % day == 0
    let unit = isWholeDays ? day : 1
    return try messages.sentence(
      isWholeDays ? "charges.product_of_days" : "charges.product_of_seconds",
      [
        "quantity": .count(quantity), "unit_price": .unitPrice(unitPrice), "gross": .money(line.gross),
        "part": .count(proration.seconds / unit), "whole": .count(proration.ofSeconds / unit),
      ])
  }

  /// How many messages more than were invoiced, or fewer; their price may have changed with them.
  private func difference(of quantity: Int64) throws -> TemplateValue {
    if quantity == 0 { return .null }
    let key = quantity > 0 ? "charges.late_more" : "charges.late_fewer"
    let count = Int64(clamping: quantity.magnitude)
    return try messages.sentence(key, count: count, ["messages": .count(count)])
  }

  /// How a commitment or a discount follows from the charges that it corrects.
  private func correction(by line: ChargeLine) throws -> TemplateValue {
    guard let basis = line.basis else { return .null }
    if let rate = line.rate {
      return try messages.sentence("charges.reduction", ["rate": .rate(rate), "basis": .money(basis)])
    }
    switch line.kind {
    case .minimumCommitment, .maximumCommitment:
      return try messages.sentence(
        "charges.\(line.kind.rawValue)",
        ["commitment": .money(try basis.adding(line.gross)), "basis": .money(basis)])
    default: return .null
    }
  }

  private func coverage(of line: ChargeLine) throws -> TemplateValue {
    if line.covered.isZero { return .null }
    return try messages.sentence("charges.covered", ["covered": .money(line.covered)])
  }
}

/// From where lines lead to the pages of months, and which months have one.
struct ChargeLinks {
  let path: String
  let hasPage: (CalendarMonth) -> Bool
}

extension ChargeLine {
  /// Whether the time that it charges for is another than that of the lines around it.
  fileprivate var isOfItsOwnTime: Bool { proration != nil || kind == .lateUsage }
}
