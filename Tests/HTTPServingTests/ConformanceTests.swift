import FolioTestSupport
import Foundation
import HTTPServing
import Testing

/// Raw requests with the verdicts of gunicorn.
private struct ConformanceCase: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let verdict: String
  let raw: Data

  enum CodingKeys: String, CodingKey {
    case name, verdict
    case raw = "raw_base64"
  }

  var testDescription: String { name }

  static let all: [ConformanceCase] = {
    struct File: Decodable { let cases: [ConformanceCase] }
    let url = Repository.shared.appending(path: "conformance/http/requests.json")
    guard let data = try? Data(contentsOf: url) else { return [] }
    return (try? JSONDecoder().decode(File.self, from: data))?.cases ?? []
  }()
}

/// What this server refuses and gunicorn takes, or the other way round, on purpose.
private let differences: [String: (refusal: RequestRefusal?, section: String)] = {
  let missingHost = (
    refusal: Optional(RequestRefusal.missingHost), section: "RFC 9112 §3.2: 400 without Host"
  )
  var differences = Dictionary(
    uniqueKeysWithValues: [
      "004", "006", "007", "010", "011", "012", "013", "018", "021", "022", "023", "025", "025_line", "029",
      "030",
      "031", "100",
    ].map { ("valid/" + $0, missingHost) })
  differences["valid/005"] = (.malformedTarget, "RFC 9112 §3.2.1: a target has no fragment")
  differences["valid/014"] = (.malformedTarget, "RFC 3986 §3.3: a quote must be percent-encoded")
  let coding = "RFC 9112 §6.1: a coding that is not understood; one strict answer"
  differences["valid/rfc9112_smuggle_gzip_chunked_01"] = (.unsupportedTransferEncoding, coding)
  differences["valid/rfc9112_smuggle_te_identity_chunked_01"] = (.unsupportedTransferEncoding, coding)
  differences["valid/rfc9112_target_absolute_userinfo_01"] = (
    .malformedTarget, "RFC 9110 §4.2.4: user information in a target is an error"
  )
  // gunicorn's own smaller limits: 4,094 bytes of request line, 8,190 of one field.
  differences["invalid/006"] = (nil, "RFC 9112 §3: request lines of 8,000 bytes are to be taken")
  differences["valid/099"] = (.incomplete, "RFC 9112 §8: fewer bytes than Content-Length says")
  differences["invalid/007"] = (nil, "RFC 9110 §5.4: each server has its own limit; ours is 16 KiB a head")
  differences["invalid/008"] = (nil, "RFC 9110 §5.4: each server has its own limit; ours is 16 KiB a head")
  return differences
}()

@Suite(.enabled(if: Repository.hasShared, "the folder 'shared' (test data) is not beside the checkout"))
struct ConformanceTests {
  @Test func `all cases are there`() {
    #expect(ConformanceCase.all.count == 110)
    #expect(Set(differences.keys).isSubset(of: ConformanceCase.all.map(\.name)))
  }

  @Test(arguments: ConformanceCase.all)
  private func `the verdict is gunicorn's, or differs for a reason of the RFC`(_ one: ConformanceCase) {
    let run = ParserRun(Array(one.raw))
    if let difference = differences[one.name] {
      #expect(run.refusal == difference.refusal, "\(difference.section); \(run)")
    } else {
      #expect(run.isValid == (one.verdict == "valid"), "\(run)")
    }
  }

  @Test(arguments: ConformanceCase.all)
  private func `the verdict is the same however the bytes are cut`(_ one: ConformanceCase) {
    let runs = ParserRun.everyWay(Array(one.raw), seed: 7)
    #expect(runs.allSatisfy { $0 == runs[0] }, "\(runs)")
  }
}
