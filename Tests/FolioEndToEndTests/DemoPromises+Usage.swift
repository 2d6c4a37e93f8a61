import JSON

extension DemoPromise {
  static let usage: [DemoPromise] =
    ["new", "increasing", "decreasing", "stable"].map { trend in
      DemoPromise("a partner of some history is \(trend)") {
        $0.feeds("analytics/partners").contains {
          $0.all("partner_metrics").count > 2 && $0.has("partner_metrics.trend", trend)
        }
      }
    } + [
      DemoPromise("one partner fails visibly, and not the others") {
        $0.feeds("analytics/partners").contains { feed in
          let rates = feed.all("partner_metrics").compactMap { $0.decimal("success_rate") }.sorted()
          return rates.count > 4 && (96...98).contains(rates[0]) && rates[1] > 99
        }
      },
      DemoPromise("a partner is gone") { $0.audited("billing.partner.deleted") },
      DemoPromise("a customer has two hundred partners") {
        $0.feeds("analytics/partners").contains { $0.all("partner_metrics").count == 200 }
      },
      DemoPromise("a customer is of one day") { site in
        site.feeds("billing").contains { $0.has("subscription.started_at", "2026-06-16T06:00:00Z") }
      },
      DemoPromise("one customer's usage is behind") {
        $0.feeds("usage/current").filter { $0.has("usage_is_behind", .bool(true)) }.count == 1
      },
      DemoPromise("readings of one customer do not say how large messages are") {
        $0.feeds("optimization").contains {
          $0.count("usage_patterns.messages_by_size.unknown") > 0
            && $0.count("usage_patterns.messages_by_size.small") == 0
        }
      },
      DemoPromise("weekends are low, in the Gulf on Friday and Saturday") {
        $0.messages("cus_demo_0001", "2026-05", 16) * 5 < $0.messages("cus_demo_0001", "2026-05", 15)
          && $0.messages("cus_demo_0004", "2026-05", 15) * 5 < $0.messages("cus_demo_0004", "2026-05", 17)
      },
      DemoPromise("the end of a month is high") {
        $0.messages("cus_demo_0007", "2026-04", 30) > $0.messages("cus_demo_0007", "2026-04", 9) * 11 / 10
      },
      DemoPromise("August is quiet, and a year brings growth") {
        $0.messages("cus_demo_0001", "2025-08") * 10 < $0.messages("cus_demo_0001", "2025-07") * 9
          && $0.messages("cus_demo_0001", "2026-05") > $0.messages("cus_demo_0001", "2025-05")
      },
      DemoPromise("Japan works while Europe sleeps") {
        $0.feeds["cus_demo_0003"]?["feeds/optimization.json"]?
          .all("usage_patterns.peak_hours").compactMap(\.string).allSatisfy { $0 < "09" } ?? false
      },
    ]
}

extension DemoSite {
  /// Messages of a month, or of one of its days.
  func messages(_ customer: String, _ month: String, _ day: Int? = nil) -> Int {
    guard let feed = feeds[customer]?["feeds/usage/\(month).json"] else { return 0 }
    guard let day else { return feed.count("usage_summary.total_messages") }
    return feed.all("daily_usage")[day - 1].count("messages")
  }

  func audited(_ type: String) -> Bool { feeds("audit").contains { $0.has("data.type", type) } }
}
