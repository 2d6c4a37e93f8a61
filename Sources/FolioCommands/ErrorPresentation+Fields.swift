import FolioSite
import FolioStore
import JSON
import Templating

extension ErrorPresentation {
  /// What to say of something in a file that was refused.
  static func text(for problem: ImportProblem, in path: String) -> String {
    let place = problem.line.map { "\(path):\($0)" } ?? problem.element.map { "\(path)[\($0)]" } ?? path
    return switch problem.reason {
    case .syntax(let error):
      problem.line == nil || error.line > 1
        ? "\(path):\(error.line):\(error.column): \(words(for: error.reason))."
        : "\(place):\(error.column): \(words(for: error.reason))."
    case .field(let error): "\(place): \(text(for: error))"
    case .lineTooLong(let limit): "\(place): The line has more than \(grouped(limit)) bytes. Split the event."
    }
  }

  static func text(for error: FieldError) -> String {
    let field = error.path.isEmpty ? "The document" : error.path
    let found = error.found.map { ", not \(printable($0, mostScalars: 60))" } ?? ""
    return switch error.expected {
    case .noCardData:
      "\(field) holds card data, and none of it was kept. Send brand, last4 and expiry instead."
    case .customerNamed: "customer_id is missing. Name the customer in the event, or with --customer."
    case .knownShape:
      "The file is no billing event, no usage rows and no answer of the billing API that folio knows. See "
        + "'folio import --help' for the shapes."
    case .noConflict(let line) where line > 0:
      "\(field) gives another value for the slot of line \(line); one file has one value for a partner, direction "
        + "and hour."
    case .sum(let parts): "\(field) must be \(parts)\(found)."
    case .oneOf(let values):
      "\(field) must be one of \(values.joined(separator: ", "))\(found).\(nearest(to: error.found, values))"
    case .list where error.found == nil, .text where error.found == nil:
      "\(field) is missing; it must be \(words(for: error.expected))."
    case .sumWithin64Bits: "\(field) must be \(words(for: error.expected))."
    default: "\(field) must be \(words(for: error.expected))\(found.isEmpty ? ", and is missing" : found)."
    }
  }

  private static func nearest(to found: String?, _ values: [String]) -> String {
    let word = found.map { $0.utf8.filter { $0 != UInt8(ascii: "\"") } }
    return word.flatMap { nearestName(to: String(decoding: $0, as: UTF8.self), among: values) }
      .map { " Did you mean '\($0)'?" } ?? ""
  }

  private static func words(for expectation: Expectation) -> String {
    switch expectation {
    case .object: "an object"
    case .list(let most):
      "a list of at most \(grouped(most)) elements, and of at least one where one is needed"
    case .text(let most): "a text of at most \(grouped(most)) bytes"
    case .boolean: "true or false"
    case .identifier: "an identifier: 1 to 64 letters, digits, '_' and '-', not opening with '-'"
    case .plainDecimal:
      "a plain decimal such as 0.05, of at most 18 digits, and not negative where a price stands"
    case .positive: "greater than 0"
    case .money(let digits):
      "an amount with at most \(digits) digits behind the point, such as \(example(digits)), that fits 64 bits"
    case .wholeNumber(let least, let most): "a whole number from \(least) to \(most)"
    case .timestamp: "an instant such as 2024-01-31T23:59:59Z"
    case .wholeHour: "the start of an hour in UTC, such as 2024-01-31T11:00:00Z"
    case .date: "a date such as 2024-01-31"
    case .calendarMonth: "a month such as 2024-01"
    case .currency: "an ISO 4217 currency such as usd"
    case .country: "an ISO 3166-1 country of two capital letters"
    case .amountWithinInvoice: "no more than the invoice's amount"
    case .periodInOrder: "later than the start"
    case .wholeMonth: "of one whole calendar month"
    case .invoiceOfCustomer: "the customer whose invoice it is"
    case .priceForModel(let model): "given for the model \(model)"
    case .tiersInOrder: "tiers in ascending order of up_to, the last one without"
    case .markdownBytes(let most): "Markdown of at most \(grouped(most)) bytes"
    case .noConflict: "free of two readings for one partner, direction, hour and size class"
    case .sumWithin64Bits: "such that sums fit 64 bits"
    case .failedWithinMessages: "no more than the messages"
    case .languageTags: "a language tag such as en or pt-BR, and at least one in a list"
    case .color: "a colour such as #0b57d0"
    case .pixels(let most): "whole pixels from 0px to \(most)px, such as 8px"
    case .fontFamilies:
      "font families such as Inter, \"Noto Sans\", sans-serif: ASCII names of at most 256 bytes in all"
    case .column: "a row of 7 columns: \(UsageCSV.header)"
    case .json(let line, let column): "JSON; its first fault is at line \(line), column \(column)"
    case .customerOfPath: "the customer in the path of the request"
    case .customerOfSource: "a customer for whom the source may speak"
    case .typeOfOneCustomer: "of one customer, because the source may not speak for all"
    case .configuredSource: "a source in the file of secrets"
    case .fittingSubject: "such that it fits its subject, which came later"
    case .intactCell: "as folio wrote it; mend the store, then replay the event"
    case .oneOf, .noCardData, .customerNamed, .knownShape, .sum: "different"
    }
  }

  private static func example(_ digits: Int) -> String {
    digits == 0 ? "421" : "421." + String(repeating: "0", count: digits)
  }

  static func words(for reason: JSONSyntaxError.Reason) -> String {
    switch reason {
    case .byteOrderMark: "The text opens with a byte order mark; take it off"
    case .unexpectedEnd(let expected): "The JSON ends where \(words(for: expected)) is expected"
    case .unexpectedByte(let byte, let expected):
      "\(shown(byte)) stands where \(words(for: expected)) is expected"
    case .leadingZero: "A number opens with a superfluous 0"
    case .controlCharacter(let byte):
      "A control character (\(shown(byte))) stands in a string; write it as \\u00XX"
    case .loneSurrogate: "A string holds half of a surrogate pair"
    case .invalidUTF8: "The bytes are not UTF-8"
    case .duplicateName: "An object has one name twice"
    case .tooDeep(let limit): "Objects and lists are nested deeper than \(limit)"
    }
  }

  private static func shown(_ byte: UInt8) -> String {
    (0x21...0x7E).contains(byte)
      ? "'\(Unicode.Scalar(byte))'" : "byte 0x" + String(byte, radix: 16, uppercase: true)
  }

  private static func words(for expectation: JSONSyntaxError.Expectation) -> String {
    switch expectation {
    case .value: "a value"
    case .valueOrArrayEnd: "a value or ']'"
    case .commaOrArrayEnd: "',' or ']'"
    case .name: "a name in quotes"
    case .nameOrObjectEnd: "a name in quotes or '}'"
    case .colon: "':'"
    case .commaOrObjectEnd: "',' or '}'"
    case .literal: "true, false or null"
    case .digit: "a digit"
    case .hexadecimalDigit: "a hexadecimal digit"
    case .escapedCharacter: "an escape such as \\n"
    case .stringEnd: "the string's closing quote"
    case .endOfText: "the end of the text"
    }
  }

  static func text(for error: SiteConfigurationError) -> String {
    switch error {
    case .syntax(let file, let error): "\(file):\(error.line):\(error.column): \(words(for: error.reason))."
    case .field(let file, let error): "\(file): \(text(for: error))"
    case .unknownKey(let file, let path, let known):
      "\(file): There is no key \(quoted(path))." + suggestion(path, known)
    case .languageIsFolder(let file, let language):
      "\(file): languages names \(quoted(language)), and portals have a folder of that name. Use a longer tag, such as "
        + "\(quoted(language + "-x-own"))."
    case .unknownGroup(let file, let group):
      "\(file): output_group names \(quoted(group)), a group that this machine does not know."
    case .missingLogo(let file, let logo): "\(file): logo names \(quoted(logo)), which is missing."
    case .contrast(let file, let faults): "\(file): \(text(for: faults))"
    case .notALink(let file, let path): "\(file): \(path) must open with https://, http:// or mailto:."
    }
  }

  static func suggestion(_ path: String, _ known: [String]) -> String {
    let name = path.utf8.split(separator: UInt8(ascii: ".")).last.map { String(Substring($0)) } ?? path
    if let nearest = nearestName(to: name, among: known) { return " Did you mean '\(nearest)'?" }
    return " Known there: " + known.joined(separator: ", ") + "."
  }

  static func text(for error: SiteKeyError) -> String {
    switch error {
    case .missing(let path):
      "The site key \(quoted(path)), which the configuration names as site_key_file, is missing. Restore it; a new "
        + "one ('folio init') gives every portal another address."
    case .readableByOthers(let path, let mode):
      "The site key \(quoted(path)) can be read by others (mode \(String(mode, radix: 8))). Run: chmod 600 \(path)"
    case .malformed(let path):
      "The site key \(quoted(path)) is not 64 hexadecimal digits. Restore it, or make a new one with 'folio init'; a "
        + "new key gives every portal another address."
    case .demoSeedOutsideDemo:
      "The configuration names a demo_seed, and the store is no demo: its portals' addresses could be guessed. Take "
        + "demo_seed out and use a site_key_file."
    }
  }

  static func text(for error: TemplateSyntaxError) -> String {
    "\(error.file):\(error.line):\(error.column): \(error.tag): \(words(for: error.reason))."
  }

  static func text(for error: TemplateRenderError) -> String {
    "\(error.file):\(error.line):\(error.column): \(error.tag): \(words(for: error.reason))."
  }

  private static func words(for reason: TemplateSyntaxError.Reason) -> String {
    switch reason {
    case .invalidUTF8: "The template is not UTF-8"
    case .unclosedTag: "The tag has no end"
    case .unclosedSection: "The section has no end"
    case .mismatchedClose(let opener, let line):
      "The tag closes \(opener) of line \(line), which has another name"
    case .unopenedClose: "The tag closes nothing"
    case .emptyTag: "The tag has no name"
    case .malformedName: "The name has spaces or empty parts"
    case .malformedDelimiters: "Delimiters are two words without '='"
    case .notABlock: "Inside a parent only blocks may stand"
    case .unknownPartial(let name): "There is no template '\(name)'"
    }
  }

  private static func words(for reason: TemplateRenderError.Reason) -> String {
    switch reason {
    case .unknownName(let part): "There is no value named '\(part)'"
    case .notPrintable: "A list or an object cannot be printed"
    case .partialNameNotText: "The partial's name is no text"
    case .unknownPartial(let name): "There is no template '\(printable(name, mostScalars: 120))'"
    case .nestedTooDeep(let limit): "Templates are nested deeper than \(limit)"
    case .tooManyExpansions(let limit): "Templates include each other more than \(grouped(limit)) times"
    }
  }
}
