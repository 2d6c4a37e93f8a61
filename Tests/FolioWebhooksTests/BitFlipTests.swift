import FolioBilling
import FolioStore
import FolioTestSupport
import FolioWebhooks
import Testing

@Suite struct BitFlipTests {
  /// A message as its sender made it, in pieces that can be changed.
  private struct Message {
    var id: [UInt8]
    var time: [UInt8]
    var signature: [UInt8]
    var body: [UInt8]

    var headers: DeliveryHeaders { DeliveryHeaders(id: id, timestamp: time, signature: signature) }
  }

  private func messages(_ source: WebhookSource) -> [Message] {
    var generator = SeededGenerator(seed: 50)
    return (0..<50).map { index in
      let note = (0..<generator.below(60)).map { _ in String(generator.below(10)) }.joined(separator: "x")
      let body = Array(
        EventLines.event(
          "customer.updated", "e\(index)", at: "2024-01-01T00:00:00Z", of: "cus_a",
          #""name":"\#(note)","currency":"usd""#
        ).utf8)
      let headers = source.headers(for: body, id: "msg_\(index)", at: now)
      return Message(
        id: headers.id ?? [], time: headers.timestamp ?? [], signature: headers.signature ?? [], body: body)
    }
  }

  @Test func `every change of a bit in id, time, body or signature is refused and stores nothing`() throws {
    let listener = try Listener()
    let source = try #require(listener.secrets.sources.first)
    let parts: [WritableKeyPath<Message, [UInt8]>] = [\.id, \.time, \.body, \.signature]
    var (tried, believed) = (0, 0)
    for message in messages(source) {
      _ = try listener.secrets.sender(of: message.body, message.headers, customer: nil, at: now)
      for part in parts {
        for index in message[keyPath: part].indices {
          for bit in 0..<8 {
            var changed = message
            changed[keyPath: part][index] ^= 1 << bit
            tried += 1
            if try isTaken(changed, listener) { believed += 1 }
          }
        }
      }
    }
    #expect(tried > 50_000)
    #expect(believed == 0)
    #expect(try listener.inbox.pending(limit: 1).isEmpty)
    #expect(try listener.inbox.reader.gauges().counts.values.allSatisfy { $0 == 0 })
  }

  private func isTaken(_ message: Message, _ listener: Listener) throws -> Bool {
    do throws(SignatureRefusal) {
      let sender = try listener.secrets.sender(of: message.body, message.headers, customer: nil, at: now)
      let delivery = listener.secrets.delivery(from: sender, body: message.body, customer: nil)
      Issue.record("\(delivery.id) was believed")
      return true
    } catch {
      return false
    }
  }
}
