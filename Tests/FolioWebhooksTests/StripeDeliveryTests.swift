import FolioBilling
import FolioStore
import FolioWebhooks
import Testing

@Suite struct StripeDeliveryTests {
  private let listener: Listener

  init() throws {
    listener = try Listener()
    let file =
      #"{"sources":[{"name":"shop","scheme":"stripe","secrets":["\#(testSecret)"],"customers":"all"}]}"#
    listener.secrets = try .parse(Array(file.utf8), path: "f")
  }

  @Test func `the body's id is the identity, and created its time`() throws {
    let body =
      #"{"id":"evt_1","object":"event","type":"billing.customer.updated","created":1690000000,"customer_id":"cus_a","data":{"name":"A","currency":"usd"}}"#
    let accepted = try listener.take(("", body), ("", body))
    #expect(accepted.map(\.id) == ["evt_1", "evt_1"])
    #expect(accepted.map(\.outcome) == [.kept(.pending), .repeated(.pending)])
    #expect(try listener.apply() == [.applied])
    #expect(try listener.reader().newestFact() == Timestamp(secondsSinceEpoch: 1_690_000_000))
  }

  @Test(arguments: [
    #"{"type":"billing.new","data":{}}"#, #"{"id":7,"type":"billing.new","data":{}}"#,
    #"{"id":"a b","type":"billing.new","data":{}}"#, #"{"id":"","type":"billing.new","data":{}}"#, "{",
  ])
  func `a body without an id is refused under a name of its own, once`(body: String) throws {
    let accepted = try listener.take(("", body), ("", body))
    #expect(accepted.map(\.outcome) == [.kept(.refused), .repeated(.refused)])
    #expect(accepted[0].id.utf8.starts(with: "body_".utf8))
    #expect(accepted[0].id == accepted[1].id)
  }
}
