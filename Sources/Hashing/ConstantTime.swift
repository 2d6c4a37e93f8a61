/// Comparison of secrets.
package enum ConstantTime {
  /// Whether both hold the same bytes, in a time that depends on the lengths only: no guess learns how far it
  /// was right.
  ///
  /// Different lengths are told apart at once; the length of a digest is no secret.
  package static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for index in left.indices { difference |= left[index] ^ right[index] }
    return difference == 0
  }
}
