import FolioBilling
package import Markup
package import Templating

/// What stands apart from the direction of the page around it.
extension LocalePrinter {
  /// As `print`, for a sentence that no markup can be in, such as a chart's label: on a page that is read from the right
  /// in an isolate of Unicode (UAX #9), which keeps its order.
  func printInSentence(_ leaf: TemplateLeaf, into buffer: inout ByteBuffer) {
    guard table.direction == .rightToLeft else { return self.print(leaf, into: &buffer) }
    switch leaf.portalKind {
    case .count, .date, .month, .dayOfInstant, .instant: self.print(leaf, into: &buffer)
    case .money, .moneyChange, .countChange, .unitPrice, .bytes, .percent, .wholePercent, .rate, .decimal,
      .changePercent:
      buffer.append("\u{2066}")
      self.print(leaf, into: &buffer)
      buffer.append("\u{2069}")
    }
  }

  /// As `print`, escaped. On a page that is read from the right, what has signs and Latin letters beside digits keeps
  /// their order: `1,234.50 US$`, `14:00 UTC`.
  package func printMarkup(_ leaf: TemplateLeaf, into buffer: inout ByteBuffer) {
    guard table.direction == .rightToLeft else {
      return escape(into: &buffer) { self.print(leaf, into: &$0) }
    }
    switch leaf.portalKind {
    case .money, .moneyChange, .countChange, .unitPrice, .bytes, .percent, .wholePercent, .rate,
      .decimal, .changePercent:
      isolate(into: &buffer) { self.print(leaf, into: &$0) }
    case .count where leaf.value < 0: isolate(into: &buffer) { self.print(leaf, into: &$0) }
    case .instant: printInstant(leaf.instant, into: &buffer)
    case .count, .date, .month, .dayOfInstant:
      escape(into: &buffer) { self.print(leaf, into: &$0) }
    }
  }

  /// Prints what has nothing to escape in nearly all languages.
  @inline(__always)
  private func escape(into buffer: inout ByteBuffer, _ append: (inout ByteBuffer) -> Void) {
    if table.isPlain { append(&buffer) } else { buffer.append(escaping: .htmlText, append) }
  }

  private func isolate(into buffer: inout ByteBuffer, _ append: (inout ByteBuffer) -> Void) {
    buffer.append("<bdi dir=\"ltr\">")
    escape(into: &buffer, append)
    buffer.append("</bdi>")
  }

  private func printInstant(_ instant: Timestamp, into buffer: inout ByteBuffer) {
    table.instant.append(into: &buffer) { place, buffer in
      if place == 0 {
        escape(into: &buffer) { append(instant.date, into: &$0) }
      } else {
        isolate(into: &buffer) { append(timeOf: instant, into: &$0) }
      }
    }
  }
}
