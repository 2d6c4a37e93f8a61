extension [UInt8] {
  /// A copy of lent bytes, to keep or to hand to another thread.
  package init(copying bytes: Span<UInt8>) {
    self = unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
  }
}
