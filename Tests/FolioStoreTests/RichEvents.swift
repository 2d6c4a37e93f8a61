import FolioBilling
import FolioStore

/// A set of events in which everything happens that a store can be told, with what disagrees, repeats and waits.
enum RichEvents {
  static let customers = ["cus_a", "cus_b", "cus_gone"]

  static func make() throws -> [ReceivedEvent] {
    try customersAndPlans() + subscriptions() + partners() + usage() + invoices() + settings()
  }

  private static func customersAndPlans() throws -> [ReceivedEvent] {
    let base = #""model":"base_plus_usage","currency":"usd","base_fee":299.00"#
    return try [
      event(
        .customerUpdated, "a1", at: "2024-01-01T00:00:00Z",
        #"{"name":"Acme","currency":"usd","tax_ids":[{"type":"us_ein","value":"12-3456789"}]}"#),
      event(
        .customerUpdated, "a2", at: "2024-02-01T00:00:00Z",
        #"{"name":"Acme Corp","currency":"usd","country":"US","tax":{"category":"standard","rate":0.08}}"#),
      event(.customerUpdated, "a3", at: "2024-02-01T00:00:00Z", #"{"name":"Acme Inc","currency":"usd"}"#),
      event(
        .customerUpdated, "a3", at: "2024-02-01T00:00:00Z", #"{"name":"Acme Ltd","currency":"usd"}"#,
        source: "other"),
      event(.customerUpdated, nil, of: "cus_b", #"{"currency":"usd"}"#),
      event(
        .customerUpdated, "b1", at: "2024-01-01T00:00:00Z", of: "cus_b", #"{"name":"B","currency":"eur"}"#),
      event(
        .customerUpdated, "g1", at: "2024-01-01T00:00:00Z", of: "cus_gone", #"{"name":"G","currency":"usd"}"#),
      event(.customerDeleted, "g2", at: "2024-02-10T00:00:00Z", of: "cus_gone", "{}"),
      event(
        .customerUpdated, "g3", at: "2024-03-01T00:00:00Z", of: "cus_gone", #"{"name":"G2","currency":"usd"}"#
      ),
      event(
        .planDefined, "p1", at: "2023-12-01T00:00:00Z", of: nil,
        #"{"plan_id":"plan_e","name":"Enterprise","effective_at":"2024-01-01T00:00:00Z","message_rate":0.05,\#(base)}"#
      ),
      event(
        .planDefined, "p2", at: "2024-02-01T00:00:00Z", of: nil,
        #"{"plan_id":"plan_e","name":"Enterprise","effective_at":"2024-02-10T00:00:00Z","message_rate":0.04,\#(base)}"#
      ),
      event(
        .planDefined, "p3", at: "2024-02-02T00:00:00Z", of: nil,
        #"{"plan_id":"plan_e","name":"Enterprise 2","effective_at":"2024-02-10T00:00:00Z","message_rate":0.045,\#(base)}"#
      ),
      event(
        .planDefined, "p4", at: "2024-01-01T00:00:00Z", of: nil,
        """
        {"plan_id":"plan_t","name":"Tiers","model":"enterprise_custom","currency":"usd","effective_at":\
        "2024-01-01T00:00:00Z","message_tiers":{"mode":"graduated","tiers":[{"up_to":1000,"unit_price":0.05},\
        {"unit_price":0.03}]},"discounts":[{"name":"Loyalty","rate":0.1}]}
        """),
    ]
  }

  private static func subscriptions() throws -> [ReceivedEvent] {
    try [
      event(
        .subscriptionCreated, "s1", at: "2024-01-01T00:00:00Z",
        #"{"subscription_id":"sub_1","plan_id":"plan_e","started_at":"2024-01-01T00:00:00Z","trial_ends_at":"2024-01-05T00:00:00Z"}"#
      ),
      event(
        .subscriptionUpdated, "s2", at: "2024-02-15T00:00:00Z",
        #"{"subscription_id":"sub_1","plan_id":"plan_t","effective_at":"2024-02-15T00:00:00Z"}"#),
      event(
        .subscriptionUpdated, "s3", at: "2024-02-16T00:00:00Z",
        #"{"subscription_id":"sub_1","plan_id":"plan_e","effective_at":"2024-02-15T00:00:00Z","prorate":false}"#
      ),
      event(
        .subscriptionUpdated, "s4", at: "2024-03-01T00:00:00Z",
        #"{"subscription_id":"sub_1","cancel_at_period_end":true}"#),
      event(
        .subscriptionUpdated, "s5", at: "2024-03-02T00:00:00Z",
        #"{"subscription_id":"sub_1","cancel_at_period_end":false}"#),
      event(
        .subscriptionCreated, "s6", of: "cus_b",
        #"{"subscription_id":"sub_1","plan_id":"plan_t","started_at":"2024-01-10T00:00:00Z"}"#),
      event(
        .subscriptionCanceled, "s7", at: "2024-03-10T00:00:00Z", of: "cus_b",
        #"{"subscription_id":"sub_1","canceled_at":"2024-03-10T00:00:00Z"}"#),
      event(
        .paymentMethodAdded, "m1", at: "2024-01-01T00:00:00Z",
        #"{"payment_method_id":"pm_1","type":"card","brand":"visa","last4":"4242","exp_month":12,"exp_year":2025,"default":true}"#
      ),
      event(
        .paymentMethodAdded, "m2", at: "2024-01-02T00:00:00Z",
        #"{"payment_method_id":"pm_2","type":"sepa_debit"}"#),
      event(
        .paymentMethodDefaultChanged, "m3", at: "2024-02-01T00:00:00Z", #"{"payment_method_id":"pm_2"}"#),
      event(
        .paymentMethodDefaultChanged, "m4", at: "2024-01-20T00:00:00Z", #"{"payment_method_id":"pm_1"}"#),
    ]
  }

  private static func partners() throws -> [ReceivedEvent] {
    try [
      event(
        .partnerUpdated, "r1", at: "2024-01-01T00:00:00Z",
        #"{"partner_id":"prt_1","name":"One","gln":"4012345000009","department":"Sales"}"#),
      event(
        .partnerUpdated, "r2", at: "2024-02-01T00:00:00Z",
        #"{"partner_id":"prt_1","name":"One Ltd","department":"Procurement","department_from":"2024-02-01"}"#),
      event(
        .partnerUpdated, "r3", at: "2024-02-03T00:00:00Z",
        #"{"partner_id":"prt_1","name":"One Ltd","department":null,"department_from":"2024-03-01"}"#),
      event(.partnerUpdated, "r4", at: "2024-01-01T00:00:00Z", #"{"partner_id":"prt_2","name":"Two"}"#),
      event(.partnerDeleted, "r5", at: "2024-02-20T00:00:00Z", #"{"partner_id":"prt_2"}"#),
      event(.partnerUpdated, "r6", at: "2024-02-25T00:00:00Z", #"{"partner_id":"prt_2","name":"Two again"}"#),
    ]
  }

  private static func usage() throws -> [ReceivedEvent] {
    let hour = "2024-01-15T11:00:00Z"
    let noon = "2024-01-15T12:00:00Z"
    func usage(
      _ id: String, _ time: String, _ readings: [String], delta: Bool = false, source: String = "test"
    ) throws -> ReceivedEvent {
      try event(.usageRecorded, id, at: time, readingsData(readings, delta: delta), source: source)
    }
    return try [
      usage("u1", noon, [reading("prt_1", hour, 10, bytes: 100), reading("prt_2", hour, 5)]),
      usage("u2", noon, [reading("prt_1", hour, 12, failed: 1, bytes: 120)]),
      usage("u2", noon, [reading("prt_1", hour, 13, bytes: 130)], source: "other"),
      usage("u3", "2024-01-15T14:00:00Z", [reading("prt_1", hour, 20, failed: 2, bytes: 200)]),
      usage("u4", "2024-01-15T13:00:00Z", [reading("prt_1", hour, 3)], delta: true),
      usage("u5", "2024-01-15T14:00:00Z", [reading("prt_1", hour, 4)], delta: true),
      usage("u2a", "2024-01-15T14:00:00Z", [reading("prt_1", hour, 6)], delta: true),
      usage("u6", "2024-01-15T15:00:00Z", [reading("prt_1", hour, 7, bytes: 9)], delta: true),
      usage("u7", noon, [reading("prt_3", hour, 8)], delta: true),
      usage("u12", "2024-01-18T00:00:00Z", [reading("prt_2", hour, 4), reading("prt_1", hour, 9)]),
      usage("u8", "2024-01-16T00:00:00Z", [reading("prt_2", hour, 0)]),
      usage(
        "u9", noon,
        [reading("prt_1", hour, 1, size: "small"), reading("prt_1", hour, 2, direction: "outbound")]),
      usage(
        "u10", "2024-02-11T00:00:00Z",
        (0..<30).map { index in
          let day = index % 20 + 1
          let hour = "2024-02-\(day < 10 ? "0" : "")\(day)T0\(index % 10):00:00Z"
          return reading("prt_\(index % 3)", hour, index, failed: index / 2, bytes: index * 1_000)
        }),
      event(
        .usageRecorded, "u11", of: "cus_b",
        readingsData([reading("prt_1", "2024-01-20T05:00:00Z", 40, bytes: 4_000)])),
      event(
        .usageWatermark, "w1", at: "2024-01-16T00:05:00Z", #"{"complete_through":"2024-01-16T00:00:00Z"}"#),
      event(
        .usageWatermark, "w2", at: "2024-02-21T00:05:00Z", #"{"complete_through":"2024-02-21T00:00:00Z"}"#),
      event(
        .usageWatermark, "w3", at: "2024-02-10T00:05:00Z", #"{"complete_through":"2024-02-10T00:00:00Z"}"#),
      event(.usageStated, "t1", of: "cus_b", statedData(messages: 100)),
      event(.usageStated, "t2", at: "2024-02-05T00:00:00Z", of: "cus_b", statedData(messages: 120)),
    ]
  }

  private static func statedData(messages: Int) -> String {
    """
    {"period":{"start":"2024-01-01T00:00:00Z","end":"2024-01-31T23:59:59Z"},"usage_summary":{"total_messages":\
    \(messages),"inbound_messages":\(messages - 50),"outbound_messages":50,"total_partners":3,"active_partners":2,\
    "total_payload_size":5000},"partner_breakdown":[],"daily_usage":[]}
    """
  }

  private static func invoices() throws -> [ReceivedEvent] {
    let failed =
      #""amount":100.00,"failure_reason":"insufficient_funds","retry_date":"2024-02-05T00:00:00Z"}"#
    let paid = #""amount_paid":60.00,"payment_method":"card_ending_4242","paid_at":"2024-02-06T08:30:00Z"}"#
    return try [
      event(.invoiceFinalized, "i1", at: "2024-02-01T00:00:00Z", invoiceData("in_1")),
      event(.invoiceFinalized, "i1b", at: "2024-02-03T00:00:00Z", invoiceData("in_1")),
      event(.invoiceFinalized, nil, of: "cus_b", invoiceData("in_2", currency: "eur")),
      event(.invoiceFinalized, "i3", at: "2024-02-01T00:00:00Z", invoiceData("in_3", amount: "50.5")),
      event(.invoiceFinalized, "i4", at: "2024-02-01T00:00:00Z", invoiceData("in_4", amount: "70")),
      event(.paymentFailed, nil, of: nil, #"{"invoice_id":"in_1",\#(failed)"#),
      event(.paymentFailed, "f1", at: "2024-02-04T00:00:00Z", of: nil, #"{"invoice_id":"in_1",\#(failed)"#),
      event(.paymentSucceeded, nil, of: nil, #"{"invoice_id":"in_1",\#(paid)"#),
      event(.paymentSucceeded, "y1", of: nil, #"{"invoice_id":"in_1",\#(paid)"#),
      event(.paymentSucceeded, "y1", of: nil, #"{"invoice_id":"in_1",\#(paid)"#, source: "other"),
      event(
        .paymentSucceeded, nil, of: nil,
        #"{"invoice_id":"in_1","amount_paid":60.0,"paid_at":"2024-02-06T08:30:00Z"}"#),
      event(
        .paymentSucceeded, "y2", of: nil,
        #"{"invoice_id":"in_1","amount_paid":40,"paid_at":"2024-02-03T08:30:00Z"}"#),
      event(
        .paymentRefunded, "x1", of: nil,
        #"{"refund_id":"re_1","invoice_id":"in_1","amount":10.00,"refunded_at":"2024-02-08T00:00:00Z"}"#),
      event(
        .creditNoteIssued, "c1", of: nil,
        #"{"credit_note_id":"cn_1","invoice_id":"in_2","number":"CN-1","amount":70,"issued_at":"2024-02-07T00:00:00Z"}"#
      ),
      event(
        .creditNoteIssued, "c2", of: nil,
        #"{"credit_note_id":"cn_2","invoice_id":"in_2","number":"CN-2","amount":60,"issued_at":"2024-02-06T00:00:00Z"}"#
      ),
      event(.invoiceVoided, "v1", of: nil, #"{"invoice_id":"in_3","voided_at":"2024-02-09T00:00:00Z"}"#),
      event(
        .invoiceWrittenOff, "o1", of: nil, #"{"invoice_id":"in_4","written_off_at":"2024-05-01T00:00:00Z"}"#),
    ]
  }

  private static func settings() throws -> [ReceivedEvent] {
    try [
      event(
        .budgetSet, "bud1", at: "2024-01-02T00:00:00Z", of: "cus_b",
        #"{"budget_id":"bud_1","name":"Monthly","amount":2000.50,"period":"monthly","alert_thresholds":[75,50]}"#
      ),
      event(
        .budgetSet, "bud2", at: "2024-02-02T00:00:00Z", of: "cus_b",
        #"{"budget_id":"bud_1","name":"Monthly","amount":2500,"period":"monthly","hard_limit":true}"#),
      event(
        .alertSet, "l1", at: "2024-01-02T00:00:00Z",
        #"{"alert_id":"al_1","type":"budget_threshold","threshold":1000.00,"notification_email":"a@b.example"}"#
      ),
      event(
        .usageThresholdReached, nil,
        #"{"threshold_type":"monthly_budget","threshold_value":1000.00,"current_usage":1050.00,"period":"2024-01"}"#
      ),
      event(
        .budgetAlert, nil,
        #"{"budget_name":"Monthly AS2 Budget","threshold_percentage":75,"current_usage":1500.00,"budget_limit":2000.00,"period_remaining_days":8}"#
      ),
      event(
        .reportDefined, "d1", at: "2024-02-02T00:00:00Z",
        #"{"report_id":"rep_1","report_type":"cost","date_range":{"start":"2024-01-01","end":"2024-01-31"},"group_by":["partner"],"include_metrics":["cost"]}"#
      ),
      event(.noticePosted, "n1", at: "2024-02-02T00:00:00Z", #"{"notice_id":"not_1","body":"Hello *Acme*"}"#),
      event(
        .noticePosted, "n2", at: "2024-02-03T00:00:00Z", of: nil, #"{"notice_id":"not_1","body":"To all"}"#),
      event(
        .noticePosted, "n3", at: "2024-02-04T00:00:00Z", of: nil,
        #"{"notice_id":"not_1","body":"To all, again","until":"2024-06-01T00:00:00Z"}"#),
    ]
  }
}
