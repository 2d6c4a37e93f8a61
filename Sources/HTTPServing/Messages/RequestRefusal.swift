/// Why a request is not answered by a handler. The connection closes after each of these.
package enum RequestRefusal: Error, Hashable, Sendable, CaseIterable {
  // What does not follow the grammar (RFC 9112 §2.2, §3, §5).
  case bareCarriageReturn
  case bareLineFeed
  case controlCharacter
  case malformedRequestLine
  case malformedTarget
  case unsupportedVersion
  case malformedField
  /// A line that continues the one before, or white space before the first field.
  case foldedField

  // Host (RFC 9112 §3.2).
  case missingHost
  case repeatedHost
  case malformedHost

  // Where the content ends (RFC 9112 §6.3).
  case malformedContentLength
  case repeatedContentLength
  case contentLengthWithTransferEncoding
  case unsupportedTransferEncoding
  case transferEncodingBeforeHTTP11
  case malformedChunk
  /// A trailer that would frame or route the request (RFC 9110 §6.5.1).
  case forbiddenTrailer

  case repeatedContentType
  case unknownExpectation

  // Limits.
  case requestLineTooLong
  case headTooLong
  case tooManyFields
  case chunkExtensionTooLong
  case bodyTooLong

  // Time and order.
  case headTimeout
  case bodyTimeout
  /// The peer ended in the middle of a request.
  case incomplete
  /// The server holds as many unfinished requests as its memory is meant for.
  case overloaded
}

extension RequestRefusal {
  /// The status that says so.
  package var status: Status {
    switch self {
    case .unsupportedVersion: .httpVersionNotSupported
    case .unknownExpectation: .expectationFailed
    case .requestLineTooLong: .uriTooLong
    case .headTooLong, .tooManyFields: .requestHeaderFieldsTooLarge
    case .bodyTooLong: .contentTooLarge
    case .headTimeout, .bodyTimeout: .requestTimeout
    case .overloaded: .serviceUnavailable
    default: .badRequest
    }
  }

  /// The reason as machines read it: the name of the case in the spelling of JSON.
  package var code: String {
    switch self {
    case .bareCarriageReturn: "bare_carriage_return"
    case .bareLineFeed: "bare_line_feed"
    case .controlCharacter: "control_character"
    case .malformedRequestLine: "malformed_request_line"
    case .malformedTarget: "malformed_target"
    case .unsupportedVersion: "unsupported_version"
    case .malformedField: "malformed_field"
    case .foldedField: "folded_field"
    case .missingHost: "missing_host"
    case .repeatedHost: "repeated_host"
    case .malformedHost: "malformed_host"
    case .malformedContentLength: "malformed_content_length"
    case .repeatedContentLength: "repeated_content_length"
    case .contentLengthWithTransferEncoding: "content_length_with_transfer_encoding"
    case .unsupportedTransferEncoding: "unsupported_transfer_encoding"
    case .transferEncodingBeforeHTTP11: "transfer_encoding_before_http_1_1"
    case .malformedChunk: "malformed_chunk"
    case .forbiddenTrailer: "forbidden_trailer"
    case .repeatedContentType: "repeated_content_type"
    case .unknownExpectation: "unknown_expectation"
    case .requestLineTooLong: "request_line_too_long"
    case .headTooLong: "head_too_long"
    case .tooManyFields: "too_many_fields"
    case .chunkExtensionTooLong: "chunk_extension_too_long"
    case .bodyTooLong: "body_too_long"
    case .headTimeout: "head_timeout"
    case .bodyTimeout: "body_timeout"
    case .incomplete: "incomplete_request"
    case .overloaded: "overloaded"
    }
  }
}
