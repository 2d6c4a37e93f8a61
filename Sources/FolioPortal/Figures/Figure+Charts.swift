import Charting
import FolioBilling
import Markup
import Templating

extension MessageCatalog {
  /// The direction in which charts run.
  var chartDirection: ChartDirection {
    switch locale.direction {
    case .leftToRight: .leftToRight
    case .rightToLeft: .rightToLeft
    }
  }

  /// A column of a figure's table; `label` is the key of its word.
  func column(
    _ key: String?, _ label: String, isNumber: Bool = true, isSecondary: Bool = false
  ) throws(MessageError) -> FigureColumn {
    FigureColumn(key: key, label: try text(label), isNumber: isNumber, isSecondary: isSecondary)
  }
}

extension FigureColumn {
  /// A column of the CSV alone, whose values are in no language.
  static func forMachines(_ key: String) -> FigureColumn {
    FigureColumn(key: key, label: "", isForMachines: true)
  }
}

extension LocalePrinter {
  /// The labels below the days of a month, one a week.
  func weeklyLabels(_ month: CalendarMonth) -> [ChartLabel?] {
    ChartLabels.columns(month.days.map { $0.components.day % 7 == 1 ? dayAndMonth($0) : nil })
  }
}

extension TemplateValue {
  /// What a chart of a whole figure appends, as finished markup.
  static func chart(_ render: (inout ByteBuffer) -> Void) -> TemplateValue { picture(of: 16_384, render) }

  /// What a bar or a line within a cell appends, as finished markup.
  ///
  /// - Parameter bytes: about how many they are.
  static func picture(of bytes: Int = 512, _ render: (inout ByteBuffer) -> Void) -> TemplateValue {
    var buffer = ByteBuffer(capacity: bytes)
    render(&buffer)
    return buffer.count == 0 ? .null : .markup(buffer.bytes)
  }
}
