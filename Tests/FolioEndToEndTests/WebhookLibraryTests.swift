import FolioBilling
import FolioTestSupport
import FolioWebhooks
import Foundation
import Testing

/// What senders' own libraries sign, judged by the listener's rules.
@Suite struct WebhookLibraryTests {
  /// A message as `webhook_libraries.py` prints it.
  private struct Message: Decodable {
    let library: String
    let scheme: String
    let secret: String
    let headers: [String: String]
    let body: Data
    let second: Int64

    func header(_ name: String) -> [UInt8]? { headers[name].map { Array($0.utf8) } }

    func isBelieved(with body: [UInt8]) throws -> Bool {
      let file =
        #"{"sources":[{"name":"s","scheme":"\#(scheme)","secrets":["\#(secret)"],"customers":"all"}]}"#
      let secrets = try WebhookSecrets.parse(Array(file.utf8), path: "secrets.json")
      let headers = DeliveryHeaders(
        id: header("webhook-id"), timestamp: header("webhook-timestamp"),
        signature: header("webhook-signature"), stripeSignature: header("Stripe-Signature"))
      do throws(SignatureRefusal) {
        _ = try secrets.sender(
          of: body, headers, customer: nil, at: Timestamp(secondsSinceEpoch: second))
        return true
      } catch {
        return false
      }
    }
  }

  @Test(
    .enabled(
      if: python(with: "standardwebhooks, svix, stripe") != nil || judgesAreRequired,
      "the Python packages standardwebhooks, svix and stripe are not installed"))
  func `a thousand random messages of each library are believed, and none with another body`() throws {
    let interpreter = try #require(python(with: "standardwebhooks, svix, stripe"))
    let run = try Programs.run(interpreter, [judge("webhook_libraries.py"), "1000"])
    try #require(run.status == 0, "\(run.words.suffix(2_000))")
    var believed: [String: Int] = [:]
    for line in run.output.split(separator: "\n") {
      let message = try JSONDecoder().decode(Message.self, from: Data(line.utf8))
      if try message.isBelieved(with: Array(message.body)) { believed[message.library, default: 0] += 1 }
      #expect(try !message.isBelieved(with: Array(message.body) + [0x20]), "\(message.library)")
    }
    #expect(believed == ["standardwebhooks": 1_000, "svix": 1_000, "stripe": 1_000])
  }
}
