import JSON
import Testing

/// Something that some customer of the demo must show.
struct DemoPromise: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let isKept: @Sendable (DemoSite) -> Bool

  init(_ name: String, _ isKept: @escaping @Sendable (DemoSite) -> Bool) {
    testDescription = name
    self.isKept = isKept
  }

  static let all = money + invoices + plans + usage + controls

  static let money: [DemoPromise] =
    ["usd", "eur", "jpy", "kwd", "aud"].map { code in
      DemoPromise("a customer pays in \(code)") { $0.feeds("billing").contains { $0.has("currency", code) } }
    }
    + [0.08, 0.1, 0.19].map { (rate: Double) in
      DemoPromise("an invoice is taxed at \(rate)") { site in
        site.invoices.flatMap { $0.all("taxes") }.contains {
          $0.has("category", "standard") && $0.decimal("rate") == rate && $0.count("amount_minor") > 0
        }
      }
    }
    + ["reverse_charge", "exempt", "zero_rated", "outside_scope"].map { category in
      DemoPromise("an invoice is taxed as \(category)") {
        $0.invoices.contains { $0.has("taxes.category", category) }
      }
    }

  static let invoices: [DemoPromise] = [
    DemoPromise("late usage is charged by the next invoice") {
      $0.invoices.flatMap { $0.all("lines") }
        .contains { $0.has("kind", "late_usage") && $0.count("amount_minor") > 0 }
    },
    DemoPromise("a correction downwards is credited by the next invoice") {
      $0.invoices.flatMap { $0.all("lines") }
        .contains { $0.has("kind", "late_usage") && $0.count("amount_minor") < 0 }
    },
    DemoPromise("an invoice is overdue") { $0.invoices.contains { $0.has("is_overdue", .bool(true)) } },
    DemoPromise("an invoice is open and not yet due") {
      $0.invoices.contains { $0.has("status", "open") && $0.has("is_overdue", .bool(false)) }
    },
    DemoPromise("an open invoice is paid in part") {
      $0.invoices.contains { $0.has("status", "open") && $0.count("amount_paid_minor") > 0 }
    },
    DemoPromise("a failed payment is tried again in the future") {
      $0.invoices.contains {
        $0.has("status", "open") && $0.all("payments.retry_date").contains { $0.string ?? "" > "2026-06-17" }
      }
    },
    DemoPromise("a failed payment succeeded later") {
      $0.invoices.contains { $0.has("status", "paid") && $0.has("payments.outcome", "failed") }
    },
    DemoPromise("a payment is refunded") { $0.invoices.contains { $0.count("amount_refunded_minor") > 0 } },
    DemoPromise("an invoice is credited in part") {
      $0.invoices.contains {
        $0.count("amount_credited_minor") > 0
          && $0.count("amount_credited_minor") < $0.count("amount_due_minor")
      }
    },
    DemoPromise("an invoice is written off") { $0.invoices.contains { $0.has("status", "uncollectible") } },
    DemoPromise("a void invoice is issued anew with another order number") { site in
      site.feeds("invoices").contains { feed in
        feed.all("data").contains { void in
          void.has("status", "void")
            && feed.all("data").contains {
              !$0.has("status", "void") && $0.first("period_start") == void.first("period_start")
                && $0.first("purchase_order") != void.first("purchase_order")
            }
        }
      }
    },
  ]
}
