import JSON

extension DemoPromise {
  static let controls: [DemoPromise] =
    ["monthly", "quarterly", "annual"].map { period in
      DemoPromise("a budget is \(period)") {
        $0.feeds("budgets").contains { $0.has("budgets.period", period) }
      }
    }
    + ["billing.budget_alert", "billing.usage.threshold_reached"].map { type in
      DemoPromise("an alert of the type \(type) went off") {
        $0.feeds("budgets").contains { $0.has("occurrences.type", type) }
      }
    } + [
      DemoPromise("a budget has a hard limit") {
        $0.feeds("budgets").contains { $0.has("budgets.hard_limit", .bool(true)) }
      },
      DemoPromise("a budget has no marks") { site in
        site.feeds("budgets").flatMap { $0.all("budgets") }.contains { $0.all("alert_thresholds").isEmpty }
      },
      DemoPromise("a budget is exceeded, and an alert said so") { site in
        site.feeds("budgets").flatMap { $0.all("budgets") }.contains {
          $0.count("remaining_minor") < 0 && $0.all("thresholds.alerted_at").allSatisfy { $0.string != nil }
        }
      },
      DemoPromise("an alert is set") { $0.feeds("budgets").contains { !$0.all("alerts").isEmpty } },
      DemoPromise("two customers have reports of their own") {
        $0.feeds.values.filter { $0.keys.contains { $0.hasPrefix("feeds/reports/custom/") } }.count >= 2
      },
      DemoPromise("a partner is in two departments in one month") { site in
        site.feeds("allocation").flatMap { $0.all("months") }.contains { month in
          let partners = month.all("departments.partners").compactMap {
            $0.string ?? $0.first("partner_id")?.string
          }
          return Set(partners).count < partners.count
        }
      },
      DemoPromise("a customer has no departments") {
        $0.feeds("allocation").contains { feed in
          let flags = feed.all("months.departments.is_unallocated")
          return flags.count > 5 && flags.allSatisfy { $0 == .bool(true) }
        }
      },
      DemoPromise("a card has expired, and another will within 60 days") { site in
        let cards = site.feeds("billing").map {
          ($0.count("payment_method.exp_year"), $0.count("payment_method.exp_month"))
        }
        return cards.contains { $0 == (2026, 3) } && cards.contains { $0 == (2026, 7) }
      },
      DemoPromise("a customer has several ways to pay, and one has none") { site in
        site.feeds("billing").contains { $0.all("payment_methods").count > 1 }
          && site.feeds("billing").contains { $0.has("has_payment_method", .bool(false)) }
      },
      DemoPromise("a notice is for all, and one for one customer alone") { site in
        let overviews = site.pages.values.compactMap { $0["index.html"] }
        return overviews.allSatisfy { $0.contains("Planned maintenance") }
          && site.pages.filter { $1.values.contains { $0.contains("Ada Brandt") } }.keys.elementsEqual([
            "cus_demo_0007"
          ])
      },
    ]
}
