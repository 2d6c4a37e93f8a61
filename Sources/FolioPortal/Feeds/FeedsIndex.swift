import FolioBilling
import Hashing
import Templating

/// The list of all feeds with their lengths and digests, so that a copy can be checked.
struct FeedsIndex {
  private static let names = FieldNames(.path, .title, .period, .bytes, .sha256)
  private var feeds: [TemplateValue] = []

  /// Takes a feed that has been written, and the month that it is about if it is not the state of now.
  mutating func add(_ path: String, title: String, period: CalendarMonth? = nil, bytes: Span<UInt8>) {
    feeds.append(
      Self.names.row(
        .text(path), .text(title), .month(period), .integer(Int64(bytes.count)),
        .text(SHA256.hexadecimal(of: bytes))))
  }

  var object: TemplateObject { [.feeds: .list(feeds)] }
}
