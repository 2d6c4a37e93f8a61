/// Texts of a row, of which only some have room beside each other.
struct LabelRow {
  private let places: [LabelPlace?]

  /// The places that texts would have, nil for a number of the row without one; without texts too wide for the
  /// narrowest plot.
  init(_ places: [LabelPlace?]) {
    self.places = places.map { place in
      place.flatMap { $0.fits(in: LabelPlace.narrowPlot) ? $0 : nil }
    }
  }

  /// Of numbers those whose texts fit beside each other in a plot of a width, the earlier before the later.
  ///
  /// - Complexity: O(n) for n numbers, times the number of those that fit.
  func fitting(_ numbers: [Int], in plotWidth: Int64) -> [Int] {
    numbers.reduce(into: []) { chosen, number in
      guard places[number] != nil, !chosen.contains(number) else { return }
      if chosen.allSatisfy({ !touches($0, number, in: plotWidth) }) { chosen.append(number) }
    }
  }

  /// The first and the last number with as many others between them, evenly spread, as fit beside each other in a
  /// plot of a width: all of them, or in a multiple of `part` intervals, so that those of a narrower plot are among
  /// them.
  ///
  /// - Complexity: O(n²) for n texts at worst.
  func evenlySpread(in plotWidth: Int64, dividing part: Int = 1) -> [Int] {
    let numbers = places.indices.filter { places[$0] != nil }
    if !isCrowded(numbers, in: plotWidth) { return numbers }
    let multiples = stride(from: part, through: numbers.count - 1, by: part).reversed()
    let spreads = multiples.lazy.map { spread(numbers, $0) }
    return spreads.first { !isCrowded($0, in: plotWidth) } ?? numbers.suffix(1)
  }

  private func isCrowded(_ numbers: [Int], in plotWidth: Int64) -> Bool {
    zip(numbers, numbers.dropFirst()).contains { touches($0, $1, in: plotWidth) }
  }

  private func spread(_ numbers: [Int], _ intervals: Int) -> [Int] {
    (0...intervals).map { numbers[(numbers.count - 1) * $0 / intervals] }
  }

  private func touches(_ number: Int, _ other: Int, in plotWidth: Int64) -> Bool {
    guard let place = places[number], let otherPlace = places[other] else { return false }
    return place.touches(otherPlace, in: plotWidth)
  }
}
