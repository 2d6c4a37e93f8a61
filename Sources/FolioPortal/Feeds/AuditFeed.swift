import FolioBilling
import Templating

/// Every change with its values before and after, the newest first. The API documents the question, `GET audit`, and
/// no answer.
struct AuditFeed: Feed {
  let months: AuditMonths
  let customer: CustomerID

  func write(into writer: inout FeedWriter) {
    writer.object { writer in
      writer.member(.customerId, customer.text)
      writer.member(.asOf, .instant(months.asOf))
      writer.list(.data, months.entries, write)
    }
  }

  private func write(_ entry: AuditEntry, into writer: inout FeedWriter) {
    writer.member(.id, entry.eventID?.text)
    writer.member(.anchor, plain: entry.anchor)
    writer.member(.page, plain: months.page(of: entry))
    writer.member(.type, plain: entry.type.rawValue)
    writer.member(.time, .instant(entry.time))
    writer.member(.subjectType, plain: entry.subject.kind)
    writer.member(.subjectId, entry.subject.id)
    writer.member(.subjectName, entry.subjectName)
    writer.member(.isFirst, .bool(entry.isFirst))
    writer.list(.details, entry.details, Self.write)
    writer.list(.changes, entry.changes, Self.write)
  }

  // MARK: Fields

  private static func write(_ detail: AuditDetail, into writer: inout FeedWriter) {
    writer.member(.field, plain: detail.field.rawValue)
    writer.member(.value, detail.value.machineValue)
    guard let money = detail.value.money else { return }
    writer.member(.valueMinor, .minor(money))
    writer.member(.currency, money.currency.lowercaseCode)
  }

  private static func write(_ change: AuditChange, into writer: inout FeedWriter) {
    let (before, after) = (change.before, change.after)
    writer.member(.field, plain: change.field.rawValue)
    writer.member(.before, before?.machineValue ?? .null)
    writer.member(.after, after?.machineValue ?? .null)
    let (oldMoney, newMoney) = (before?.money, after?.money)
    if oldMoney == nil, newMoney == nil { return }
    writer.member(.beforeMinor, .minor(oldMoney))
    writer.member(.afterMinor, .minor(newMoney))
    writer.member(.beforeCurrency, oldMoney?.currency.lowercaseCode)
    writer.member(.afterCurrency, newMoney?.currency.lowercaseCode)
  }
}

extension AuditValue {
  fileprivate var money: Money? {
    if case .money(let money) = self { money } else { nil }
  }

  /// The value as machines read it.
  fileprivate var machineValue: TemplateValue {
    switch self {
    case .text(let text), .code(let text): .text(text)
    case .texts(let texts): .list(texts.map { .text($0) })
    case .reference(let id, _): .text(id)
    case .address(let url): .text(shownAddress(url))
    case .money(let money): .money(money)
    case .unitPrice(let price): .unitPrice(price)
    case .tiers(let price): Self.tiers(price)
    case .discounts(let discounts): .list(discounts.map(Self.discount))
    // For machines a rate is the plain decimal that it is.
    case .decimal(let decimal), .rate(let decimal): .rate(decimal)
    case .count(let count): .count(count)
    case .bytes(let bytes): .bytes(bytes)
    case .percent(let percent): .integer(percent)
    case .percents(let percents): .list(percents.map { .integer($0) })
    case .date(let date): .date(date)
    case .month(let month): .month(month)
    case .instant(let instant): .instant(instant)
    case .flag(let flag): .bool(flag)
    }
  }

  private static let tierFields = FieldNames(.upTo, .unitPrice, .flatFee)

  private static func tiers(_ price: TieredPrice) -> TemplateValue {
    .fields([
      .mode: .text(price.mode.rawValue),
      .packageSize: .count(price.packageSize),
      .tiers: .list(
        price.tiers.map { tierFields.row(.count($0.upTo), .unitPrice($0.unitPrice), .money($0.flatFee)) }),
    ])
  }

  private static func discount(_ discount: Discount) -> TemplateValue {
    .fields([.name: .text(discount.name), .rate: .rate(discount.rate)])
  }
}

/// Scheme and host of a URL, and a mark for the rest, which may be a secret: `https://hooks.example.com/…`.
func shownAddress(_ url: String) -> String {
  let bytes = Array(url.utf8)
  let scheme = bytes.firstRange(of: Array("://".utf8))?.upperBound ?? 0
  let authority = bytes[scheme...].prefix {
    ![UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0)
  }
  let host = authority.lastIndex(of: UInt8(ascii: "@")).map { authority[($0 + 1)...] } ?? authority
  return String(decoding: bytes[..<scheme] + host, as: UTF8.self) + "/…"
}
