import FolioBilling
import FolioInvoicing
import JSON

/// A preview in words, as a table and as JSON.
struct PreviewReport {
  let month: CalendarMonth
  let rows: [PreviewRow]

  /// The most customers whose flags are explained one by one.
  private static let explainedLimit = 20

  var flagged: [PreviewRow] { rows.filter { !$0.remarks.isEmpty } }

  func say(to console: Console) {
    let flagged = flagged
    console.say(
      "\(month.text): \(counted(rows.count, "draft")), \(ErrorPresentation.grouped(flagged.count)) flagged")
    for row in flagged.prefix(Self.explainedLimit) {
      for remark in row.remarks {
        console.say("  \(row.customerID.text): \(ErrorPresentation.text(for: remark))")
      }
    }
    if flagged.count > Self.explainedLimit {
      console.say("  and \(flagged.count - Self.explainedLimit) more")
    }
  }

  func put(to console: Console) {
    var table = TextTable(
      ("CUSTOMER", .start), ("NAME", .start), ("MONTH BEFORE", .end), ("THIS MONTH", .end), ("CHANGE", .end),
      ("TAX", .end), ("TOTAL", .end), ("CURRENCY", .start), ("FLAGS", .start))
    for row in rows {
      table.add([
        row.customerID.text, row.name ?? "—", cell(row.before), cell(row.amount),
        row.changePercent.map { "\($0.text) %" } ?? "—", cell(row.tax), cell(row.total),
        (row.amount ?? row.before)?.currency.code ?? "—", row.remarks.map(\.code).joined(separator: " "),
      ])
    }
    for line in table.lines { console.put(line) }
  }

  private func cell(_ amount: Money?) -> String { amount?.decimalText ?? "—" }

  var json: [UInt8] {
    var writer = JSONWriter(style: .pretty)
    writer.beginObject()
    writer.member("period", month.text)
    writer.member("flagged", flagged.count)
    writer.list("customers", rows, Self.write)
    writer.endObject()
    writer.endDocument()
    return writer.bytes
  }

  private static func write(_ row: PreviewRow, to writer: inout JSONWriter) {
    writer.member("customer_id", row.customerID.text)
    writer.member("name", row.name)
    writer.member("currency", (row.amount ?? row.before)?.currency.lowercaseCode)
    let amounts = [
      ("month_before", row.before), ("amount", row.amount), ("tax", row.tax), ("total", row.total),
      ("corrections", row.corrections),
    ]
    for (name, amount) in amounts { writer.member(name, amount) }
    writer.key("change_percent")
    if let change = row.changePercent { writer.decimal(change.text) } else { writer.null() }
    for (name, amount) in amounts { writer.minorMember(name + "_minor", amount) }
    writer.list("flags", row.remarks) { remark, writer in remark.write(to: &writer) }
  }
}

extension InvoiceRemark {
  /// `code` for machines, `message` for people.
  func write(to writer: inout JSONWriter) {
    writer.member("code", code)
    writer.member("message", ErrorPresentation.text(for: self))
  }
}
