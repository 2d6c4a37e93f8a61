extension Int64 {
  /// Splits the number in proportion to `weights`, by largest remainder, so that the parts sum to it.
  ///
  /// Ties go to the part that comes first; callers order the weights by identifier bytes. Weights are not
  /// negative; when all are zero the first part takes the whole.
  ///
  /// - Complexity: O(n log n).
  package func split(across weights: [Int64]) -> [Int64] {
    precondition(weights.allSatisfy { $0 >= 0 }, "weights are not negative")
    if weights.count == 1 { return [self] }
    let total = weights.reduce(into: Int128(0)) { $0 += Int128($1) }
    guard total > 0 else { return weights.indices.map { $0 == 0 ? self : 0 } }
    let shares = weights.map { (Int128(self) * Int128($0)).quotientAndRemainder(dividingBy: total) }
    var parts = shares.map { Int64($0.quotient) }
    let missing = Int(Int128(self) - shares.reduce(into: 0) { $0 += $1.quotient })
    guard missing != 0 else { return parts }
    let order = weights.indices.sorted { left, right in
      let (a, b) = (shares[left].remainder.magnitude, shares[right].remainder.magnitude)
      return a == b ? left < right : a > b
    }
    for index in order.prefix(abs(missing)) { parts[index] += missing < 0 ? -1 : 1 }
    return parts
  }
}
