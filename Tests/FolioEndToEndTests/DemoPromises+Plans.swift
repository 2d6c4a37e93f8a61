import JSON

extension DemoPromise {
  static let plans: [DemoPromise] =
    ["usd", "eur"].map { code in
      DemoPromise("all four models can be compared in \(code)") { site in
        site.feeds("optimization").contains {
          $0.has("currency", code) && Set($0.all("plans.model").compactMap(\.string)).count == 4
        }
      }
    }
    + ["graduated", "volume", "package"].map { mode in
      DemoPromise("a customer has \(mode) tiers") {
        $0.feeds("billing").contains { $0.has("billing_plan.message_tiers.mode", mode) }
      }
    }
    + ["discount", "included_messages", "minimum_commitment", "packages", "trial_messages", "partner_fees"]
    .map { kind in
      DemoPromise("an invoice has a line of \(kind)") { $0.invoices.contains { $0.has("lines.kind", kind) } }
    } + [
      DemoPromise("a plan changed in mid-month") {
        $0.invoices.contains { invoice in
          let fees = invoice.all("lines").filter { $0.has("kind", "base_fee") }
          return Set(fees.compactMap { $0.first("plan")?.string }).count == 2
            && fees.allSatisfy { $0.count("prorated_seconds") > 0 }
        }
      },
      DemoPromise("a plan change waited for the month to end") {
        $0.feeds("billing").contains { $0.has("subscriptions.changes.prorate", .bool(false)) }
      },
      DemoPromise("a subscription is in its trial") {
        $0.feeds("billing").contains { $0.has("subscription.status", "trialing") }
      },
      DemoPromise("a subscription ends with the month") {
        $0.feeds("billing").contains {
          $0.has("subscription.cancel_at_period_end", .bool(true)) && $0.has("subscription.status", "active")
        }
      },
      DemoPromise("a plan's price changed") { site in
        let fees = site.invoices.flatMap { $0.all("lines") }
          .filter { $0.has("kind", "base_fee") && $0.has("plan", "Enterprise Plan") }
        return Set(fees.compactMap { $0.decimal("unit_price") }) == [279, 299]
      },
      DemoPromise("a customer's plan is not offered to others") { site in
        let feeds = site.feeds("optimization")
        return feeds.flatMap { $0.all("plans") }.contains { plan in
          plan.has("is_current", .bool(true))
            && !feeds.contains { feed in
              feed.all("plans").contains {
                $0.first("plan_id") == plan.first("plan_id") && $0.has("is_current", .bool(false))
              }
            } && feeds.contains { $0.has("plans.plan_id", (plan.first("plan_id")?.string ?? "") + "_2026") }
        }
      },
      DemoPromise("a plan's prices contain the tax") {
        $0.feeds("billing").contains { $0.has("billing_plan.prices_include_tax", .bool(true)) }
      },
      DemoPromise("a plan is not compared with others") {
        $0.feeds("optimization").contains { !$0.all("plans_not_compared").isEmpty }
      },
    ]
}
