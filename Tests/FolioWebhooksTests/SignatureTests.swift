import FolioBilling
import FolioTestSupport
import FolioWebhooks
import Foundation
import Testing

@Suite struct SignatureTests {
  private let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
  private let id = Array("msg_p5jXN8AQM9LWM0D4loKWxJek".utf8)
  private let time = Array("1614265330".utf8)
  private let body = Array(#"{"test": 2432232314}"#.utf8)
  private let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
  private let signedAt = Timestamp(secondsSinceEpoch: 1_614_265_330)

  private func secrets(_ scheme: String, _ secrets: String...) throws -> WebhookSecrets {
    let list = secrets.map { "\"\($0)\"" }.joined(separator: ",")
    return try .parse(
      Array(
        #"{"sources":[{"name":"s","scheme":"\#(scheme)","secrets":[\#(list)],"customers":"all"}]}"#.utf8),
      path: "secrets.json")
  }

  /// Why a message is refused, or nil where it is believed.
  private func refusal(
    _ secrets: WebhookSecrets, _ headers: DeliveryHeaders, body: [UInt8], at now: Timestamp
  ) -> SignatureRefusal? {
    do throws(SignatureRefusal) {
      _ = try secrets.sender(of: body, headers, customer: nil, at: now)
      return nil
    } catch {
      return error
    }
  }

  private func refusal(
    id: String? = "msg_p5jXN8AQM9LWM0D4loKWxJek", time: String? = "1614265330", signature: String?,
    secret: String? = nil, at now: Timestamp? = nil
  ) throws -> SignatureRefusal? {
    let headers = DeliveryHeaders(
      id: id.map { Array($0.utf8) }, timestamp: time.map { Array($0.utf8) },
      signature: signature.map { Array($0.utf8) })
    return try refusal(
      secrets("standard-webhooks", secret ?? self.secret), headers, body: body, at: now ?? signedAt)
  }

  @Test(.enabled(if: Repository.hasShared, "\(Repository.sharedIsMissing)"))
  func `the vectors of both schemes are reproduced`() throws {
    let vectors = try SharedVectors.load()
    for vector in vectors.standard {
      let source = try #require(secrets("standard-webhooks", vector.secret).sources.first)
      let seconds = try #require(Int64(vector.timestamp))
      let headers = source.sign(
        Array(vector.body.utf8), id: vector.id, at: Timestamp(secondsSinceEpoch: seconds))
      #expect(headers.map(\.value) == [vector.id, vector.timestamp, vector.signature])
    }
    for vector in vectors.stripe {
      let source = try #require(secrets("stripe", vector.secret).sources.first)
      let seconds = try #require(Int64(vector.timestamp))
      let headers = source.sign(Array(vector.body.utf8), id: "", at: Timestamp(secondsSinceEpoch: seconds))
      #expect(headers.map(\.value) == [vector.header])
    }
    #expect(vectors.standard.count + vectors.stripe.count > 1)
  }

  @Test func `a message is believed with its signature among others, old, unknown or broken`() throws {
    #expect(try refusal(signature: signature) == nil)
    let junk = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc="
    #expect(try refusal(signature: "\(junk) v2,g0hM v1a,x v1 , \(signature) \(junk)") == nil)
    #expect(try refusal(signature: junk) == .noMatchingSignature)
  }

  @Test(arguments: [
    "v1,", "", "v1", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE", "v1,g0hM9SsE",
    "V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE==",
  ])
  func `a wrong, partial or empty signature is refused`(text: String) throws {
    #expect(try refusal(signature: text) == .noMatchingSignature)
  }

  @Test func `each header is needed`() throws {
    #expect(try refusal(id: nil, signature: signature) == .missingHeader("webhook-id"))
    #expect(try refusal(time: nil, signature: signature) == .missingHeader("webhook-timestamp"))
    #expect(try refusal(signature: nil) == .missingHeader("webhook-signature"))
    let none = try refusal(secrets("standard-webhooks", secret), DeliveryHeaders(), body: body, at: signedAt)
    #expect(none == .missingHeader("webhook-id"))
  }

  @Test(arguments: [
    "hello", "", "161426533.0", "-1614265330", "+1614265330", " 1614265330", "1614265330 ", "1614265330.",
    "1e9", "0x10", "1234567890123", "１６１４２６５３３０",
  ])
  func `a timestamp is digits only`(text: String) throws {
    #expect(try refusal(time: text, signature: signature) == .malformedTimestamp)
  }

  @Test(arguments: ["", "msg.1", "msg 1", "msg\u{7F}", "msg_é", String(repeating: "m", count: 257)])
  func `an id has no dot, no space and an end`(text: String) throws {
    #expect(try refusal(id: text, signature: signature) == .malformedID)
  }

  @Test func `five minutes on either side are accepted, and a second more is refused`() throws {
    let late = { (seconds: Int64) in self.signedAt.adding(seconds: seconds) }
    for seconds: Int64 in [-300, -1, 0, 1, 300] {
      #expect(try refusal(signature: signature, at: late(seconds)) == nil)
    }
    #expect(try refusal(signature: signature, at: late(301)) == .tooOld)
    #expect(try refusal(signature: signature, at: late(-301)) == .tooNew)
    let stripe = try secrets("stripe", "whsec_test_secret")
    let source = try #require(stripe.sources.first)
    for (offset, expected) in [
      (-301, SignatureRefusal.tooNew), (-300, nil), (300, nil), (301, .tooOld),
    ] as [(Int64, SignatureRefusal?)] {
      let headers = source.headers(for: body, id: "", at: signedAt)
      #expect(refusal(stripe, headers, body: body, at: late(offset)) == expected)
    }
  }

  @Test func `while secrets are rotated, each of them is believed`() throws {
    let old = "whsec_" + Data(repeating: 7, count: 24).base64EncodedString()
    let both = try secrets("standard-webhooks", secret, old)
    for one in [secret, old] {
      let source = try #require(secrets("standard-webhooks", one).sources.first)
      let headers = source.headers(for: body, id: "m", at: signedAt)
      #expect(refusal(both, headers, body: body, at: signedAt) == nil)
    }
    let other = try #require(secrets("standard-webhooks", "whsec_AAAA").sources.first)
    #expect(
      refusal(both, other.headers(for: body, id: "m", at: signedAt), body: body, at: signedAt)
        == .noMatchingSignature)
  }

  @Test(arguments: ["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
  func `a secret works with and without its prefix`(text: String) throws {
    #expect(try refusal(signature: signature, secret: text) == nil)
  }

  @Test func `a secret without padding is the one with it`() throws {
    let padded = try #require(secrets("standard-webhooks", "whsec_QUI=").sources.first)
    let headers = padded.headers(for: body, id: "m", at: signedAt)
    #expect(refusal(try secrets("standard-webhooks", "QUI"), headers, body: body, at: signedAt) == nil)
  }

  @Test func `Stripe's key is the secret as it is written`() throws {
    let stripe = try #require(secrets("stripe", secret).sources.first)
    let headers = stripe.headers(for: body, id: "", at: signedAt)
    #expect(refusal(try secrets("stripe", secret), headers, body: body, at: signedAt) == nil)
    let bare = try secrets("stripe", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    #expect(refusal(bare, headers, body: body, at: signedAt) == .noMatchingSignature)
  }

  @Test func `of Stripe's header the test signature and unknown parts are skipped, and it has one time`()
    throws
  {
    let stripe = try secrets("stripe", secret)
    let source = try #require(stripe.sources.first)
    let header = String(
      decoding: source.headers(for: body, id: "", at: signedAt).stripeSignature ?? [], as: UTF8.self)
    func refused(_ text: String) -> SignatureRefusal? {
      refusal(stripe, DeliveryHeaders(stripeSignature: Array(text.utf8)), body: body, at: signedAt)
    }
    #expect(refused(header) == nil)
    #expect(refused("v0=abc,x," + header + ",v1=00") == nil)
    #expect(refused(header.replacing("v1=", with: "v0=")) == .noMatchingSignature)
    #expect(refused("t=1614265330," + header) == .malformedTimestamp)
    #expect(refused(header.replacing("t=1614265330,", with: "")) == .malformedTimestamp)
    #expect(refused("") == .malformedTimestamp)
  }

  @Test func `a customer in the path needs a source that may speak for it`() throws {
    let scoped = try WebhookSecrets(customers: #"["cus_1","cus_2"]"#)
    let source = try #require(scoped.sources.first)
    let headers = source.headers(for: body, id: "m", at: signedAt)
    _ = try scoped.sender(of: body, headers, customer: CustomerID("cus_2"), at: signedAt)
    #expect(throws: SignatureRefusal.customerOutsideScope(source: "billing")) {
      try scoped.sender(of: body, headers, customer: CustomerID("cus_3"), at: signedAt)
    }
    _ = try WebhookSecrets(customers: #""all""#)
      .sender(of: body, headers, customer: CustomerID("cus_3"), at: signedAt)
  }
}
