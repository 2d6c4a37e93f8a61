package import FolioBilling

extension Collection {
  /// The elements by amounts without their signs, the largest first, those of one amount in the order that they have.
  ///
  /// - Complexity: O(n log n); each amount is asked for once.
  package func largestFirst(by amount: (Element) -> Money) -> [Element] {
    let elements = Array(self)
    let keys = elements.enumerated().map { (magnitude: amount($1).minorUnits.magnitude, place: $0) }
    return keys.sorted { left, right in
      left.magnitude == right.magnitude ? left.place < right.place : left.magnitude > right.magnitude
    }.map { elements[$0.place] }
  }
}
