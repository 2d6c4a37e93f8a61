import FolioBilling
import JSON

/// One kind of customer of the demo and its story.
struct DemoCompany {
  let name: String
  let address: [String]
  let country: String
  /// That which its people read; nil for the site's first.
  var language: String?
  let currency: String
  let tax: DemoTax
  var taxID: TaxID?
  /// When it begins, RFC 3339.
  let since: String
  let contract: DemoContract
  let traffic: DemoTraffic
  var departments = DemoDepartments()
  var methods: [DemoMethod] = []
  var controls = DemoControls()
  var notice: DemoNotice?
  var habit = DemoHabit(usual: [])

  /// The kinds that come again and again among many customers.
  private static let common = [
    corporation, munich, tokyo, gulf, obrien, sokrates, maple, lodz, charity, brandNew,
  ]

  /// Two that are there once: one of many partners, and one of a single day.
  private static let once = [retailHub, oneDay]

  /// How many customers show everything once.
  static let count = common.count + once.count

  /// The kind of a customer by its place, and how many of the kind are before it.
  static func company(of index: Int) -> (DemoCompany, round: Int) {
    if index < common.count { return (common[index], 0) }
    if index < count { return (once[index - common.count], 0) }
    let (round, kind) = (index - count).quotientAndRemainder(dividingBy: common.count)
    return (common[kind], round + 1)
  }
}

/// How a customer of the demo is taxed.
struct DemoTax {
  let category: TaxCategory
  /// As a fraction.
  var rate = "0"
  var reason: String?

  static let reverseCharge = DemoTax(
    category: .reverseCharge, reason: "Reverse charge, Article 196 of Directive 2006/112/EC")

  static func standard(_ rate: String) -> DemoTax { DemoTax(category: .standard, rate: rate) }

  var json: JSONValue {
    let members: DemoMembers = [("category", text(category.rawValue)), ("rate", decimal(rate))]
    return .object(JSONObject(members + (reason.map { [("reason", text($0))] } ?? [])))
  }
}
