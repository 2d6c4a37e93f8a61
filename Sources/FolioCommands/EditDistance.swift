/// How many insertions, deletions, substitutions and swaps of neighbours turn one text into another, by bytes.
///
/// The unrestricted Damerau–Levenshtein distance: swapped bytes may have others put between them, so `ca` is 2
/// from `abc`.
///
/// - Complexity: O(*n* × *m*) in time and memory.
package func editDistance(_ left: String, _ right: String) -> Int {
  let (left, right) = (Array(left.utf8), Array(right.utf8))
  let unreachable = left.count + right.count
  let width = right.count + 2
  // Row and column 0 are a wall; row 1 and column 1 stand for the empty prefix.
  var costs = Array(repeating: unreachable, count: (left.count + 2) * width)
  for row in 0...left.count { costs[(row + 1) * width + 1] = row }
  for column in 0...right.count { costs[width + column + 1] = column }
  // For each byte, the last row in which `left` had it.
  var lastRow = Array(repeating: 0, count: 256)
  for row in 1..<left.count + 1 {
    var lastColumn = 0
    for column in 1..<right.count + 1 {
      let (swapRow, swapColumn) = (lastRow[Int(right[column - 1])], lastColumn)
      let isMatch = left[row - 1] == right[column - 1]
      if isMatch { lastColumn = column }
      costs[(row + 1) * width + column + 1] = min(
        costs[row * width + column] + (isMatch ? 0 : 1),
        costs[(row + 1) * width + column] + 1,
        costs[row * width + column + 1] + 1,
        costs[swapRow * width + swapColumn] + (row - swapRow - 1) + 1 + (column - swapColumn - 1))
    }
    lastRow[Int(left[row - 1])] = row
  }
  return costs[(left.count + 1) * width + right.count + 1]
}

/// The name that was probably meant by `word`: the nearest, of equals the first; nil when none is near.
///
/// Near is one edit for each three bytes of the longer text, at least 1 and at most 3.
///
/// - Complexity: O(*n* × *m*) for each name of nearly the word's length; others are passed over.
package func nearestName(to word: String, among names: [String]) -> String? {
  var best: (name: String, distance: Int)?
  for name in names {
    let limit = min(nearnessLimit, max(1, max(word.utf8.count, name.utf8.count) / 3))
    guard abs(word.utf8.count - name.utf8.count) <= limit else { continue }
    let distance = editDistance(word, name)
    if distance <= limit, distance < best?.distance ?? .max { best = (name, distance) }
  }
  return best?.name
}

private let nearnessLimit = 3
