import FolioBilling

/// Readings in few bytes: a list of partners, then the readings in order of slots as variable-length integers.
///
/// An integer is little-endian base 128 with a continuation bit (LEB128). A reading is: hours since the one
/// before, index of the partner, direction + 2 × size class, messages, failed, bytes.
enum PackedReadings {
  /// Packs readings that are in order of slots.
  static func pack(_ readings: [UsageReading]) -> [UInt8] {
    let partners = Set(readings.map(\.partnerID)).sorted()
    let indexes = Dictionary(uniqueKeysWithValues: zip(partners, partners.indices))
    var bytes: [UInt8] = []
    append(partners.count, to: &bytes)
    for partner in partners {
      append(partner.text.utf8.count, to: &bytes)
      bytes += Array(partner.text.utf8)
    }
    var hour = 0
    for reading in readings {
      append(reading.hour.hoursSinceEpoch - hour, to: &bytes)
      hour = reading.hour.hoursSinceEpoch
      append(indexes[reading.partnerID] ?? 0, to: &bytes)
      bytes.append(UInt8(reading.direction.number + 2 * reading.sizeClass.number))
      for count in [reading.counts.messages, reading.counts.failed, reading.counts.bytes] {
        append(Int(count), to: &bytes)
      }
    }
    return bytes
  }

  /// The readings again, or nil when the bytes are damaged.
  static func unpack(_ bytes: [UInt8]) -> [UsageReading]? {
    var reader = PackedReader()
    let bytes = bytes.span
    guard let count = reader.number(bytes) else { return nil }
    var partners: [PartnerID] = []
    for _ in 0..<count {
      guard let partner = reader.partner(bytes) else { return nil }
      partners.append(partner)
    }
    var readings: [UsageReading] = []
    var hour = 0
    while !reader.isAtEnd(of: bytes) {
      guard let reading = reader.reading(bytes, after: hour, partners) else { return nil }
      hour = reading.hour.hoursSinceEpoch
      readings.append(reading)
    }
    return readings
  }

  /// What packed readings come to, without taking them apart; nil when the bytes are damaged or hold none.
  ///
  /// - Complexity: O(n) in bytes.
  static func summary(of bytes: [UInt8]) throws(ArithmeticOverflow) -> PackedSummary? {
    var reader = PackedReader()
    let bytes = bytes.span
    guard reader.skipPartners(bytes), var summary = reader.firstSummary(bytes) else { return nil }
    while !reader.isAtEnd(of: bytes) {
      guard let (step, counts) = reader.counts(bytes, after: summary.last.hoursSinceEpoch) else { return nil }
      summary.readings += 1
      summary.last = UsageHour(hoursSinceEpoch: summary.last.hoursSinceEpoch + step)
      summary.counts = try summary.counts.adding(counts)
    }
    return summary
  }

  private static func append(_ number: Int, to bytes: inout [UInt8]) {
    var rest = UInt64(number)
    while rest >= 128 {
      bytes.append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

/// What the readings of one event come to.
struct PackedSummary {
  var readings: Int64
  /// The earliest hour.
  let first: UsageHour
  /// The newest hour.
  var last: UsageHour
  var counts: UsageCounts
}

/// A place in packed bytes, which are a parameter throughout, because a struct cannot store a `Span`.
private struct PackedReader {
  private var position = 0

  func isAtEnd(of bytes: Span<UInt8>) -> Bool { position == bytes.count }

  mutating func number(_ bytes: Span<UInt8>) -> Int? {
    guard position < bytes.count else { return nil }
    let byte = bytes[position]
    // Most numbers are small.
    guard byte < 128 else { return longNumber(bytes) }
    position += 1
    return Int(byte)
  }

  private mutating func longNumber(_ bytes: Span<UInt8>) -> Int? {
    var (value, shift) = (UInt64(0), UInt64(0))
    while position < bytes.count, shift < 64 {
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 127) << shift
      if byte < 128 { return Int(exactly: value) }
      shift += 7
    }
    return nil
  }

  mutating func partner(_ bytes: Span<UInt8>) -> PartnerID? {
    guard let count = number(bytes), count <= bytes.count - position else { return nil }
    let name = bytes.extracting(position..<position + count)
    position += count
    do { return try PartnerID(String(copying: UTF8Span(validating: name))) } catch { return nil }
  }

  /// Steps over the list of partners; false when it is damaged.
  mutating func skipPartners(_ bytes: Span<UInt8>) -> Bool {
    guard let count = number(bytes) else { return false }
    for _ in 0..<count {
      guard let length = number(bytes), length <= bytes.count - position else { return false }
      position += length
    }
    return true
  }

  mutating func firstSummary(_ bytes: Span<UInt8>) -> PackedSummary? {
    guard let (step, counts) = counts(bytes, after: 0) else { return nil }
    let hour = UsageHour(hoursSinceEpoch: step)
    return PackedSummary(readings: 1, first: hour, last: hour, counts: counts)
  }

  /// The next reading's distance in hours and its counts.
  mutating func counts(_ bytes: Span<UInt8>, after hour: Int) -> (step: Int, counts: UsageCounts)? {
    guard let step = number(bytes), step <= hoursLimit - hour, number(bytes) != nil, number(bytes) != nil,
      let messages = number(bytes), let failed = number(bytes), let size = number(bytes)
    else { return nil }
    return (step, UsageCounts(messages: Int64(messages), failed: Int64(failed), bytes: Int64(size)))
  }

  mutating func reading(_ bytes: Span<UInt8>, after hour: Int, _ partners: [PartnerID]) -> UsageReading? {
    guard let step = number(bytes), step <= hoursLimit - hour, let index = number(bytes),
      partners.indices.contains(index), let kinds = number(bytes),
      let sizeClass = SizeClass(number: Int64(kinds / 2)), let messages = number(bytes),
      let failed = number(bytes), let size = number(bytes)
    else { return nil }
    return UsageReading(
      partnerID: partners[index], direction: Direction(number: Int64(kinds % 2)),
      hour: UsageHour(hoursSinceEpoch: hour + step), sizeClass: sizeClass,
      counts: UsageCounts(messages: Int64(messages), failed: Int64(failed), bytes: Int64(size)))
  }
}

/// The hours from 1970 to the end of 2261.
private let hoursLimit = 2_559_624
