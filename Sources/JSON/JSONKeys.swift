import Markup

/// Names of members with the lines that they begin in pretty documents, by numbers: quoted once and written often.
///
/// All of them lie in one piece of memory, and each once for every depth at which it stands, so that to write one is to
/// copy it.
package struct JSONKeys: Sendable {
  /// One after another: comma, line feed, white space, name, colon and space.
  private(set) var bytes: [UInt8] = []
  /// Rows of places in the bytes by depths, empty where nothing was written; the first row stays empty.
  private var places = [Range<Int32>](repeating: 0..<0, count: rowLength)
  /// Where the row of a number begins.
  private var rows: [Int] = []

  /// What stands deeper is quoted each time.
  private static let depthLimit = 8
  private static let rowLength = depthLimit + 1

  /// Makes a table without a name.
  package init() {}

  /// How many names have been quoted, each for every depth.
  package private(set) var count = 0

  /// Where the key of a number stands, which is quoted if it never stood at the depth; nil for what is too deep.
  @inline(__always)
  mutating func place(of number: Int, depth: Int, _ name: () -> String) -> Range<Int32>? {
    guard depth <= Self.depthLimit else { return nil }
    if number < rows.count {
      let place = places[rows[number] + depth]
      if !place.isEmpty { return place }
    }
    return add(name(), as: number, depth: depth)
  }

  private mutating func add(_ name: String, as number: Int, depth: Int) -> Range<Int32> {
    let place = quote(name, depth: depth)
    places[row(of: number) + depth] = place
    return place
  }

  private mutating func row(of number: Int) -> Int {
    if rows.count <= number { rows += repeatElement(0, count: number + 1 - rows.count) }
    if rows[number] == 0 {
      rows[number] = places.count
      places += repeatElement(0..<0, count: Self.rowLength)
    }
    return rows[number]
  }

  private mutating func quote(_ name: String, depth: Int) -> Range<Int32> {
    var key = ByteBuffer()
    key.append(",\n")
    key.append(repeating: 0x20, count: 2 * depth)
    key.append(quoted: name)
    key.append(": ")
    let start = bytes.count
    bytes += key.bytes
    count += 1
    return Int32(start)..<Int32(bytes.count)
  }
}
