import FolioAccounts
import FolioBilling
import FolioRating
import Testing

func instant(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }

func month(_ text: String) throws -> CalendarMonth { try #require(CalendarMonth(text)) }

func currency(_ code: String) throws -> Currency { try #require(Currency(code: code)) }

func usd(_ text: String) throws -> Money { try Money(text, currency: currency("USD")) }

/// Rule R's plan, unless told otherwise.
func plan(
  _ id: String = "plan_a", base: String = "299", rate: String = "0.05", in code: String = "USD",
  pricesIncludeTax: Bool = false
) throws -> PlanVersion {
  let currency = try currency(code)
  return PlanVersion(
    planID: try PlanID(id), name: "Plan \(id)", effectiveAt: try instant("2023-01-01T00:00:00Z"),
    terms: PlanTerms(
      model: .basePlusUsage, currency: currency, baseFee: try Money(base, currency: currency),
      messageRate: UnitPrice(try ExactDecimal(rate), currency: currency), pricesIncludeTax: pricesIncludeTax))
}

func subscription(
  _ changes: [(plan: String, from: String)] = [("plan_a", "2024-01-01T00:00:00Z")]
) throws -> Subscription {
  Subscription(
    id: try SubscriptionID("sub_a"), startedAt: try instant(changes[0].from),
    changes: try changes.map {
      SubscriptionChange(effectiveAt: try instant($0.from), planID: try PlanID($0.plan))
    })
}

/// A month's messages, by partner.
func usage(_ text: String, _ messages: [(partner: String, messages: Int64)]) throws -> MonthUsage {
  MonthUsage(
    month: try month(text),
    partners: try messages.map {
      PartnerUsage(
        partnerID: try PartnerID($0.partner), inbound: UsageCounts(messages: $0.messages),
        outbound: UsageCounts())
    }.sorted { $0.partnerID < $1.partnerID })
}

func usage(_ text: String, messages: Int64) throws -> MonthUsage {
  try usage(text, [("prt_a", messages)])
}

func customer(in code: String = "USD", tax: TaxTreatment? = nil) throws -> Customer {
  Customer(
    id: try CustomerID("cus_a"), name: "Acme", currency: try currency(code),
    addressLines: ["1 Street"], country: "US", taxIDs: [TaxID(type: "us_ein", value: "1")], tax: tax,
    purchaseOrder: "PO-1", email: "a@acme.example")
}

/// The facts of a customer whose usage is complete.
func facts(
  _ usage: [MonthUsage], invoices: [Invoice] = [], plans: [PlanVersion]? = nil,
  subscriptions: [Subscription]? = nil, customer: Customer? = nil, partners: [Partner] = [],
  asOf: String = "2024-05-01T00:00:00Z"
) throws -> AccountFacts {
  try AccountFacts(
    Statement(
      customer: try customer ?? FolioAccountsTests.customer(), asOf: try instant(asOf),
      usageCompleteThrough: try instant(asOf), subscriptions: try subscriptions ?? [subscription()],
      plans: try plans ?? [plan()], partners: partners, usage: usage, invoices: invoices))
}

let seller = Party(name: "Seller", taxIDs: [TaxID(type: "eu_vat", value: "DE1")])

/// The invoice that a draft becomes.
func invoice(_ draft: InvoiceDraft, void: Bool = false) throws -> Invoice {
  let created = draft.month.period.end
  let document = try draft.document(
    number: "AS2-2024-001", created: created, seller: seller, paymentTermsDays: 14)
  #expect(Reconciliation.faults(in: document) == [])
  #expect(try document.partnerShareFaults() == [])
  return Invoice(
    id: try InvoiceID("in_\(draft.month.text)"), document: document, finalizedAt: created,
    void: void ? InvoiceClosing(at: created) : nil)
}
