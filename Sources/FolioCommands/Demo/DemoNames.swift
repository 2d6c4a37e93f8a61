/// What partners are called.
enum DemoNames {
  /// The name of a partner; customers have them in different orders.
  static func partner(_ place: Int, of customer: Int) -> String {
    if place < known.count { return known[(place + customer) % known.count] }
    let number = place - known.count
    return stems[number % stems.count] + " " + trades[number / stems.count % trades.count]
  }

  /// A GS1 Global Location Number with its check digit (GS1 General Specifications, 7.9).
  ///
  /// It begins with 7, as no card of 13 digits does.
  static func locationNumber(_ customer: Int, _ place: Int) -> String {
    let digits = "7350" + demoNumber(customer + 1, 4) + demoNumber(place + 1, 4)
    let sum = digits.utf8.enumerated().reduce(0) { $0 + Int($1.element - 48) * ($1.offset % 2 == 0 ? 1 : 3) }
    return digits + String((10 - sum % 10) % 10)
  }

  private static let known = [
    "Enterprise Partner Corp", "Globex Supply", "Initech Components", "Nürnberger Teile AG", "株式会社大阪商会",
    "الشرق للتوريدات", "Société Générale d'Emballage", "Åström Papper AB", "Acme 🚚 Fulfilment",
    "ООО «Северный Груз»", "Vega Retail Group", "Kowalski i Synowie", "Blue Harbor Foods",
    "Delta Pharma Distribution",
  ]

  private static let stems = [
    "Alder", "Banksia", "Cobalt", "Dunlin", "Ember", "Fjord", "Garnet", "Heron", "Ironbark", "Jasper",
    "Kestrel",
    "Larch", "Mallee", "Nimbus", "Osprey", "Pewter", "Quartz", "Rosella", "Sable", "Tamarind",
  ]

  private static let trades = [
    "Foods", "Trading", "Apparel", "Homewares", "Logistics", "Hardware", "Pharmacy", "Stationers",
    "Electrical",
    "Wines",
  ]
}
