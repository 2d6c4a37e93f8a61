import Foundation
import JSON
import Testing

@Suite struct DemoTests {
  @Test(arguments: DemoPromise.all)
  func `the demo shows it, whatever the seed`(promise: DemoPromise) throws {
    #expect(promise.isKept(try DemoSite.made.get()), "seed 1")
    #expect(promise.isKept(try DemoSite.madeOtherwise.get()), "seed 2")
    #expect(!promise.isKept(DemoSite.empty), "this could not fail")
  }

  @Test func `there are twelve customers unless one asks for more, who are like the first ten`() throws {
    #expect(try DemoSite.made.get().feeds.count == 12)
    let names = try DemoSite.madeOtherwise.get().feeds.mapValues {
      $0["feeds/billing.json"]?.first("customer_name")?.string
    }
    #expect(names.count == 13)
    #expect(names["cus_demo_0001"] == "Corporation Inc")
    #expect(names["cus_demo_0013"] == "Corporation Inc 2")
  }

  @Test func `another seed makes other numbers`() throws {
    let (one, other) = (try DemoSite.made.get(), try DemoSite.madeOtherwise.get())
    for customer in one.feeds.keys {
      #expect(one.messages(customer, "2026-06") != other.messages(customer, "2026-06"), "\(customer)")
    }
  }

  @Test func `invoices and credit notes are numbered without a gap in order of their dates`() throws {
    let site = try DemoSite.made.get()
    let invoices = site.invoices.compactMap { invoice -> (String, String)? in
      guard let number = invoice.first("number")?.string else { return nil }
      return (number, invoice.first("created")?.string ?? "")
    }.sorted { $0 < $1 }
    #expect(invoices.count > 90)
    #expect(invoices.map(\.1) == invoices.map(\.1).sorted())
    expectNoGap(invoices.map(\.0), "AS2")
    #expect(site.creditNotes.count >= 3)
    #expect(site.creditNotes.map(\.date) == site.creditNotes.map(\.date).sorted())
    expectNoGap(site.creditNotes.map(\.number), "CN")
  }

  /// Numbers such as `AS2-2026-001` count from 1 in each year.
  private func expectNoGap(_ numbers: [String], _ series: String) {
    for (year, ofYear) in Dictionary(grouping: numbers, by: { $0.split(separator: "-")[1] }) {
      let expected = (1...ofYear.count).map { "\(series)-\(year)-" + String(format: "%03d", $0) }
      #expect(ofYear == expected)
    }
  }
}
