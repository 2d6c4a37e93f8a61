import FolioBilling
import Templating

/// Every change with its values before and after, the newest first. The API documents the question, `GET audit`, and
/// no answer.
struct AuditFeed {
  let months: AuditMonths
  let customer: CustomerID

  func object() -> TemplateObject {
    [
      .customerId: .text(customer.text),
      .asOf: .instant(months.asOf),
      .data: .list(months.entries.map(entry)),
    ]
  }

  private static let entryFields = FieldNames(
    .id, .anchor, .page, .type, .time, .subjectType, .subjectId, .subjectName, .isFirst,
    .details, .changes)

  private func entry(_ entry: AuditEntry) -> TemplateValue {
    Self.entryFields.row(
      .text(entry.eventID?.text), .text(entry.anchor), .text(months.page(of: entry)),
      .text(entry.type.rawValue), .instant(entry.time), .text(entry.subject.kind), .text(entry.subject.id),
      .text(entry.subjectName), .bool(entry.isFirst), .list(entry.details.map(Self.detail)),
      .list(entry.changes.map(Self.change)))
  }

  // MARK: Fields

  private static let detailFields = FieldNames(.field, .value)
  private static let moneyDetailFields = detailFields + FieldNames(.valueMinor, .currency)

  private static func detail(_ detail: AuditDetail) -> TemplateValue {
    let (field, value) = (TemplateValue.text(detail.field.rawValue), detail.value.machineValue)
    guard let money = detail.value.money else { return detailFields.row(field, value) }
    return moneyDetailFields.row(field, value, .minor(money), .text(money.currency.lowercaseCode))
  }

  private static let changeFields = FieldNames(.field, .before, .after)
  private static let moneyChangeFields =
    changeFields + FieldNames(.beforeMinor, .afterMinor, .beforeCurrency, .afterCurrency)

  private static func change(_ change: AuditChange) -> TemplateValue {
    let (before, after) = (change.before, change.after)
    let field = TemplateValue.text(change.field.rawValue)
    let (old, new) = (before?.machineValue ?? .null, after?.machineValue ?? .null)
    let (oldMoney, newMoney) = (before?.money, after?.money)
    if oldMoney == nil, newMoney == nil { return changeFields.row(field, old, new) }
    return moneyChangeFields.row(
      field, old, new, .minor(oldMoney), .minor(newMoney), .text(oldMoney?.currency.lowercaseCode),
      .text(newMoney?.currency.lowercaseCode))
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
