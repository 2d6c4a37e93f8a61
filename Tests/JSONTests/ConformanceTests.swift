import JSON
import Testing

/// The whole of JSONTestSuite.
@Suite(.enabled(if: SharedData.isPresent, "…/shared/conformance is not beside the checkout"))
struct ConformanceTests {
  /// The grammar allows a name to occur twice; we refuse it on purpose, because readers disagree on what it
  /// means.
  private static let refusedOnPurpose = [
    "y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json",
  ]

  @Test func `the suite is complete`() {
    #expect(SharedData.names(prefix: "y_").count == 95)
    #expect(SharedData.names(prefix: "n_").count == 188)
  }

  @Test(arguments: SharedData.names(prefix: "y_"))
  func `what is JSON is accepted, except for duplicate names`(file: String) throws {
    let bytes = try SharedData.bytes(file)
    if Self.refusedOnPurpose.contains(file) {
      let error = #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(bytes) }
      #expect(error?.reason == .duplicateName)
    } else {
      let value = try JSONParser.parse(bytes)
      #expect(try JSONParser.parse(value.canonicalBytes).canonicalBytes == value.canonicalBytes)
    }
  }

  @Test(arguments: SharedData.names(prefix: "n_"))
  func `what is not JSON is refused with its place`(file: String) throws {
    let bytes = try SharedData.bytes(file)
    let error = try #require(throws: JSONSyntaxError.self) { try JSONParser.parse(bytes) }
    #expect(error.line >= 1)
    #expect(error.column >= 1)
    #expect((0...bytes.count).contains(error.offset))
  }
}
