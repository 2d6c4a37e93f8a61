/// What the parser accepts at most. The size of the text is bounded by whoever reads it.
package struct JSONLimits: Sendable, Equatable {
  /// How many arrays and objects may be nested, the outermost counted.
  package let maximumDepth: Int

  /// Limits for foreign text.
  ///
  /// - Precondition: `maximumDepth` is between 0 and 512; the parser calls itself once a level.
  package init(maximumDepth: Int = 64) {
    precondition((0...512).contains(maximumDepth), "the stack bounds the depth")
    self.maximumDepth = maximumDepth
  }
}
