import Charting
import FolioAccounts
import FolioBilling
import Markup
import Templating

/// A budget as a bar: what is spent, where it goes, its marks, and when each is reached.
struct BudgetFigure {
  let status: BudgetStatus
  let id: String
  /// Whether usage lags, so that the projection is no verdict.
  let isBehind: Bool
  let messages: MessageCatalog

  private var budget: Budget { status.budget }
  private var projected: Money? { isBehind ? nil : status.projected }

  func figure() throws -> Figure {
    Figure(
      id: id, title: budget.name, isNamedByData: true,
      subtitle: .sentences([try period(), try state()] + (try projection().map { [$0] } ?? [])),
      chart: try bar(), table: try table(), isOpen: true)
  }

  // MARK: Words

  private func period() throws -> TemplateValue {
    try messages.sentence(
      "budgets.about.\(budget.hasHardLimit ? "hard" : "soft")",
      [
        "period": .text(try messages.text("budgets.period.\(budget.period.rawValue)")),
        "days": .text(messages.printer.days(status.period)),
      ])
  }

  private func state() throws -> TemplateValue {
    guard let spent = status.spent, let remaining = try status.remaining() else {
      return try messages.sentence("budgets.state.unknown")
    }
    return try messages.sentence(
      "budgets.state.\(status.isExceeded ? "over" : "left")",
      [
        "spent": .money(spent), "amount": .money(budget.amount),
        "percent": .wholePercent(status.percentUsed),
        "rest": .money(status.isExceeded ? try remaining.negated() : remaining),
      ])
  }

  private func projection() throws -> TemplateValue? {
    try projected.map {
      try messages.sentence(
        "budgets.state.projected", ["projected": .money($0), "month": .month(status.projectedThrough)])
    }
  }

  // MARK: Picture

  /// Null where it is not known what is spent.
  private func bar() throws -> TemplateValue {
    guard let spent = status.spent else { return .null }
    let printer = messages.printer
    let marks = status.thresholds.compactMap { threshold in
      threshold.amount.map {
        BulletBar.Threshold($0.minorUnits, label: printer.wholePercent(threshold.percentage))
      }
    }
    let description = ChartDescription(
      id: id, title: DisplayText.neutralised(budget.name),
      finding: try messages.text(
        "budgets.finding",
        [
          "spent": .money(spent), "amount": .money(budget.amount),
          "percent": .wholePercent(status.percentUsed),
        ]))
    let bar = BulletBar(
      description, spent: spent.minorUnits, of: budget.amount.minorUnits, projected: projected?.minorUnits,
      thresholds: marks, wholeLabel: printer.money(budget.amount))
    return .picture { bar.render(direction: messages.chartDirection, into: &$0) }
  }

  // MARK: Numbers

  private func table() throws -> FigureTable {
    FigureTable(
      columns: [
        try messages.column("percentage", "budgets.threshold.mark"),
        try messages.column("amount", "budgets.columns.amount"),
        try messages.column(nil, "budgets.threshold.state", isNumber: false),
        .forMachines("date"), .forMachines("is_reached"),
      ],
      rows: try status.thresholds.map(row))
  }

  private func row(_ threshold: BudgetThreshold) throws -> FigureRow {
    let date = threshold.isReached ? threshold.reachedOn : isBehind ? nil : threshold.expectedOn
    let word = threshold.isReached ? "reached" : date == nil ? "not_reached" : "expected"
    return FigureRow(
      values: [
        .wholePercent(threshold.percentage), .money(threshold.amount),
        .text(
          try messages.text("budgets.threshold.\(word)\(date == nil ? "" : "_on")", ["date": .date(date)])),
        .date(date), .bool(threshold.isReached),
      ],
      remark: try threshold.alertedAt.map {
        try messages.sentence("budgets.threshold.alerted", ["at": .instant($0)])
      } ?? .null)
  }
}
