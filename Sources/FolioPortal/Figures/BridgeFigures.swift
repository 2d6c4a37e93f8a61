import Charting
import FolioAccounts
import FolioBilling
import FolioRating
import Templating

/// Why a bill changed, as a table of steps with bars to either side, and the partners behind them.
struct BridgeFigures {
  let bridge: BillBridge
  let facts: AccountFacts
  let messages: MessageCatalog

  // MARK: In one sentence

  /// The change, and the step that weighs most.
  func sentence() throws -> TemplateValue {
    let change = try bridge.change()
    let months: KeyValuePairs<String, TemplateValue> = [
      "from": .month(bridge.from), "to": .month(bridge.to),
      "change": .money(change.isNegative ? try change.negated() : change),
      "before": .money(bridge.before), "after": .money(bridge.after),
    ]
    let word = change.isZero ? "same" : change.isNegative ? "less" : "more"
    return try messages.sentence("change.lead.\(word)", months)
  }

  /// The steps that weigh most, as a list of short texts: at most three.
  func mainCauses() throws -> [TemplateValue] {
    let steps = bridge.steps.filter { !$0.amount.isZero }.enumerated().sorted { left, right in
      let (first, second) = (
        left.element.amount.minorUnits.magnitude, right.element.amount.minorUnits.magnitude
      )
      return first == second ? left.offset < right.offset : first > second
    }
    return try steps.prefix(3).map { step in
      .fields([
        .label: .text(try label(of: step.element.cause)), .amount: .change(step.element.amount),
        .remark: try remark(on: step.element.cause),
      ])
    }
  }

  // MARK: Steps

  func steps() throws -> Figure {
    Figure(
      id: "change", title: try messages.text("change.title"), subtitle: try subtitle(),
      table: FigureTable(
        columns: [
          try messages.column(nil, "change.columns.step"),
          try messages.column(nil, "change.columns.bar", isNumber: false, isSecondary: true),
          try messages.column("amount", "change.columns.amount"), .forMachines("step"),
        ], rows: try rows(), style: "bridge"),
      isOpen: true)
  }

  private func subtitle() throws -> TemplateValue {
    .sentences([
      try sentence(), try messages.sentence(bridge.pricesIncludeTax ? "change.sub_with_tax" : "change.sub"),
    ])
  }

  /// The earlier month, the steps, the invoices' own, and the later month, which is the sum.
  private func rows() throws -> [FigureRow] {
    let shown = bridge.steps.filter { !$0.amount.isZero }
    let greatest = shown.map { $0.amount.minorUnits.magnitude }.max() ?? 0
    let steps = try shown.map { step in
      FigureRow(
        values: [.text(try label(of: step.cause)), .null, .change(step.amount), .text(step.cause.rawValue)],
        remark: try remark(on: step.cause), pictures: [1: bar(step.amount, greatest)])
    }
    return [try end(bridge.from, bridge.before, isSum: false)] + steps
      + [try end(bridge.to, bridge.after, isSum: true)]
  }

  private func end(_ month: CalendarMonth, _ amount: Money, isSum: Bool) throws -> FigureRow {
    FigureRow(
      values: [
        .text(try messages.text("change.charges_of", ["month": .month(month)])), .null, .money(amount),
        .text("charges_\(month.text)"),
      ],
      target: isSum ? nil : PortalPaths.usage(month),
      note: isSum ? .text(try messages.text("usage.reconciliation.holds")) : .null)
  }

  private func bar(_ amount: Money, _ greatest: UInt64) -> TemplateValue {
    let bar = DifferenceBar(amount.minorUnits, of: Int64(clamping: greatest))
    return .picture { bar.render(direction: messages.chartDirection, into: &$0) }
  }

  // MARK: Words

  private func label(of cause: BillCause) throws -> String {
    try messages.text("change.causes.\(cause.rawValue)")
  }

  /// Who or what is behind a step.
  private func remark(on cause: BillCause) throws -> TemplateValue {
    switch cause {
    case .volume: try names(of: bridge.partners.filter { !$0.volume.isZero }.map(\.partnerID))
    case .partnersIn: try names(of: bridge.partnersIn.map(\.partnerID))
    case .partnersOut: try names(of: bridge.partnersOut.map(\.partnerID))
    case .price: try texts(of: bridge.priceReasons.map { "change.reasons.\($0.rawValue)" })
    case .other: try texts(of: bridge.otherCharges.map { "charges.kind.\($0.kind.rawValue)" })
    case .base: try messages.sentence("change.base")
    case .partnerFees: .null
    }
  }

  /// How many partners a step names; the table of partners has all of them.
  private static let namesLimit = 3

  /// The partners that weigh most, and how many more there are.
  private func names(of partners: [PartnerID?]) throws -> TemplateValue {
    if partners.isEmpty { return .null }
    let names = try partners.prefix(Self.namesLimit).map(name)
    let rest = Int64(partners.count - names.count)
    let listed = TemplateValue.names(names, separator: messages.locale.listSeparator)
    if rest == 0 { return listed }
    return try messages.sentence("change.names", count: rest, ["names": listed, "count": .count(rest)])
  }

  private func name(of partner: PartnerID?) throws -> String {
    try partner.map { facts.partners.displayName(of: $0) } ?? messages.text("usage.not_itemised")
  }

  private func texts(of keys: [String]) throws -> TemplateValue {
    if keys.isEmpty { return .null }
    return .text(try keys.map { try messages.text($0) }.joined(separator: messages.locale.listSeparator))
  }

  /// The same change from invoice to invoice, with tax; nil where not both months have one that can be compared.
  func invoices() throws -> Figure? {
    try bridge.invoices.map { try InvoiceBridgeFigure(bridge: $0, messages: messages).figure() }
  }

  // MARK: Partners

  /// Every partner of either month, by how much its cost changed.
  func partners() throws -> Figure? {
    let rows = try PartnerChange.all(of: bridge)
    if rows.isEmpty { return nil }
    return Figure(
      id: "changepartners", title: try messages.text("change.partners.title"),
      subtitle: try messages.sentence("change.partners.sub"),
      table: FigureTable(
        columns: [
          try messages.column("partner", "usage.columns.partner"),
          FigureColumn(key: "messages_before", label: messages.printer.month(bridge.from), isSecondary: true),
          FigureColumn(key: "messages_after", label: messages.printer.month(bridge.to), isSecondary: true),
          try messages.column("volume", "change.columns.volume"),
          try messages.column("partner_fees", "change.columns.fees", isSecondary: true),
          try messages.column("price", "change.columns.price", isSecondary: true),
          try messages.column("change", "change.columns.amount"), .forMachines("partner_id"),
        ], rows: try rows.map(figureRow), firstRows: FigureTable.picturesLimit, style: "partners"),
      isForScreens: true)
  }

  private func figureRow(_ line: PartnerChange) throws -> FigureRow {
    FigureRow(
      values: [
        .text(try name(of: line.id)), .count(line.messagesBefore), .count(line.messagesAfter),
        .change(line.volume), .change(line.partnerFees), .change(line.price), .change(line.change),
        .text(line.id?.text),
      ],
      target: line.id.map(facts.path))
  }
}
