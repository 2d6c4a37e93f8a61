import Charting
import Markup
import Testing

/// A chart with the figures of a case, drawn in either direction.
struct Drawing: Sendable, CustomTestStringConvertible {
  let name: String
  private let render: @Sendable (ChartDirection, inout ByteBuffer) -> Void

  init(_ name: String, _ render: @escaping @Sendable (ChartDirection, inout ByteBuffer) -> Void) {
    (self.name, self.render) = (name, render)
  }

  var testDescription: String { name }

  func markup(_ direction: ChartDirection = .leftToRight) -> String {
    var buffer = ByteBuffer()
    render(direction, &buffer)
    return String(decoding: buffer.bytes, as: UTF8.self)
  }

  /// Every chart with every case.
  static let all = columns + failures + cumulative + budgets + bullets + cells + differences + sparklines
}

/// The figures that every chart is drawn with.
struct Figures: Sendable {
  let name: String
  let values: [Int64?]

  static let all: [Figures] = [
    Figures(name: "nothing", values: []),
    Figures(name: "one", values: [1_234]),
    Figures(name: "two", values: [50_000, 90_000]),
    Figures(name: "month", values: values(31)),
    Figures(name: "month with gaps", values: values(31).enumerated().map { $0 % 9 == 4 ? nil : $1 }),
    Figures(name: "year", values: values(366)),
    Figures(name: "negative", values: values(12, plus: -60_000)),
    Figures(name: "all negative", values: values(7, times: -1)),
    Figures(name: "equal", values: Array(repeating: 70_000, count: 12)),
    Figures(name: "zero", values: Array(repeating: 0, count: 12)),
    Figures(name: "great", values: values(12, times: 10_000_000, plus: 1_000_000_000_000)),
  ]

  static func values(_ count: Int, times factor: Int64 = 1, plus summand: Int64 = 0) -> [Int64?] {
    (0..<Int64(count)).map { index -> Int64? in
      let value = 20_000 + (index * 37 % 101) * 1_000 + index % 7 * 311
      return value * factor + summand
    }
  }

  /// "$1,234.50"; the charts know no money, but its texts are the longest they are given.
  static func text(_ value: Int64) -> String {
    let digits = String(value.magnitude / 100)
    var grouped = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { grouped += "," }
      grouped.append(digit)
    }
    let cents = String(value.magnitude % 100 + 100).dropFirst()
    return "\(value < 0 ? "−" : "")$\(grouped).\(cents)"
  }

  func description(_ chart: String) -> ChartDescription {
    ChartDescription(id: chart + name.filter { $0 != " " }, title: name, finding: "\(values.count) values")
  }
}

extension Drawing {
  static let columns: [Drawing] = Figures.all.map { figures in
    Drawing("columns, \(figures.name)") { direction, buffer in
      columnChart(figures).render(direction: direction, tickLabel: Figures.text, into: &buffer)
    }
  }

  static func columnChart(_ figures: Figures) -> ColumnChart {
    let count = figures.values.count
    let labels = ChartLabels.columns((0..<count).map { "\($0 % 31 + 1) Jan" })
    let texts = ChartLabels.values(figures.values) { index in
      let value = figures.values[index] ?? 0
      return index == count - 1 ? "≈ \(Figures.text(value / 2 * 3))" : Figures.text(value)
    }
    let columns = figures.values.indices.map { index in
      let isLast = index == count - 1
      return ColumnChart.Column(
        parts: figures.values[index].map { [$0 / 3 * 2, $0 / 3] },
        projected: isLast ? figures.values[index].map { $0 / 2 * 3 } : nil, isPartial: isLast,
        label: labels[index], valueLabel: texts[index], tip: index % 2 == 0 ? "number \(index)" : "")
    }
    let known = figures.values.compactMap(\.self)
    let average = known.isEmpty ? nil : known.reduce(0, +) / Int64(known.count)
    return ColumnChart(figures.description("col"), columns: columns, average: average)
  }

  /// One series of what should not be, with days that are not over and days that nobody knows.
  static let failures = [
    Drawing("columns, failures") { direction, buffer in
      let columns = (0..<14).map { day in
        let parts: [Int64]? = day > 9 ? [] : day == 4 ? nil : [Int64(day * 5 % 7)]
        return ColumnChart.Column(
          parts: parts, projected: day == 9 ? 9 : nil, isPartial: day == 9, label: ChartLabel("\(day + 1)"),
          tip: "day \(day + 1)")
      }
      ColumnChart(
        ChartDescription(id: "fail", title: "failures", finding: "finding"), columns: columns, average: 3,
        seriesClass: .bad
      ).render(direction: direction, tickLabel: { "\($0)" }, into: &buffer)
    }
  ]

  static let cumulative: [Drawing] = Figures.all.map { figures in
    Drawing("cumulative, \(figures.name)") { direction, buffer in
      cumulativeChart(figures).render(direction: direction, tickLabel: Figures.text, into: &buffer)
    }
  }

  /// Half as many spans again as there are figures, the limit a fifth beyond what is projected.
  static func cumulativeChart(_ figures: Figures) -> CumulativeChart {
    var sum: Int64 = 0
    let totals = figures.values.map { value -> Int64? in
      sum += value ?? 0
      return value == nil ? nil : sum
    }
    let (count, projected) = (figures.values.count + (figures.values.count + 1) / 2, sum / 2 * 3)
    let labels = Dictionary(uniqueKeysWithValues: (0..<count).map { ($0, "\($0 % 31 + 1) Jan") })
    return CumulativeChart(
      figures.description("cum"), totals: totals, start: 29_900, spanCount: count, projected: projected,
      range: projected - abs(projected) / 10...projected + abs(projected) / 10,
      limits: [.init(projected / 5 * 6, label: "Budget \(Figures.text(projected / 5 * 6))")],
      labels: ChartLabels.points(labels, spanCount: count), lastLabel: "\(Figures.text(sum)) today",
      projectedLabel: "\(Figures.text(projected)) projected")
  }

  /// Sixteen days of January against a budget, from a base fee on.
  static let budgets: [Drawing] = [
    ("on track", 66_545, 100_895, 200_000), ("over", 66_545, 100_895, 50_000),
    ("will be over", 66_545, 100_895, 95_000), ("just within", 66_545, 100_895, 102_000),
    ("first day", 30_380, 100_895, 200_000), ("last day", 99_000, 100_895, 200_000),
  ].map { (name: String, spent: Int64, projected: Int64, budget: Int64) in
    Drawing("budget, \(name)") { direction, buffer in
      let days: Int64 = name == "first day" ? 1 : name == "last day" ? 30 : 16
      let totals = (1...days).map { day -> Int64? in 29_900 + (spent - 29_900) * day / days - day % 3 * 99 }
      let labels = Dictionary(uniqueKeysWithValues: [0, 7, 14, 21, 28].map { ($0, "\($0 + 1) Jan") })
      CumulativeChart(
        ChartDescription(id: "b" + name.filter { $0 != " " }, title: name, finding: "finding"),
        totals: totals,
        start: 29_900, spanCount: 31, projected: projected, range: 94_000...108_000,
        limits: [.init(budget, label: "Budget \(Figures.text(budget))")],
        labels: ChartLabels.points(labels, spanCount: 31), lastLabel: "\(Figures.text(spent)) today",
        projectedLabel: "\(Figures.text(projected)) projected"
      ).render(direction: direction, tickLabel: { "$\($0 / 100)" }, into: &buffer)
    }
  }

  static let bullets: [Drawing] = [
    ("nothing", 0, 0, nil), ("under", 66_545, 200_000, 100_895), ("over", 250_000, 200_000, nil),
    ("will be over", 150_000, 200_000, 260_000), ("negative", -500, 200_000, -100),
    ("no budget", 500, 0, nil), ("great", 1_000_000_000_000, 3_000_000_000_000, 2_000_000_000_000),
  ].map { (name: String, spent: Int64, whole: Int64, projected: Int64?) in
    Drawing("bullet, \(name)") { direction, buffer in
      let id = "bul" + name.filter { $0 != " " }
      BulletBar(
        ChartDescription(id: id, title: name, finding: "finding"), spent: spent, of: whole,
        projected: projected,
        thresholds: whole > 0 ? [50, 75, 90].map { .init(whole / 100 * $0, label: "\($0) %") } : [],
        wholeLabel: Figures.text(whole)
      ).render(direction: direction, into: &buffer)
    }
  }

  static let cells: [Drawing] = Figures.all.map { figures in
    Drawing("cells, \(figures.name)") { direction, buffer in
      let greatest = figures.values.compactMap(\.self).max() ?? 0
      for value in figures.values.prefix(12) {
        BarCell(part: value ?? 0, of: greatest, marks: [greatest / 2]).render(
          direction: direction, into: &buffer)
      }
    }
  }

  static let differences: [Drawing] = Figures.all.map { figures in
    Drawing("differences, \(figures.name)") { direction, buffer in
      let greatest = figures.values.compactMap { $0?.magnitude }.max() ?? 0
      for value in figures.values.prefix(12) {
        DifferenceBar(value ?? 0, of: Int64(greatest)).render(direction: direction, into: &buffer)
      }
    }
  }

  static let sparklines: [Drawing] = Figures.all.map { figures in
    Drawing("sparkline, \(figures.name)") { direction, buffer in
      Sparkline(figures.values).render(direction: direction, into: &buffer)
    }
  }
}
