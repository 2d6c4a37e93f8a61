/// How long a database's journal may grow, in frames: one for each page that a commit changes.
package struct JournalLimits: Sendable {
  /// From how many frames on the journal is moved into the database, which costs more syncs than a commit; 0 moves it
  /// each time.
  let moved: Int
  /// From how many frames on its file is emptied then. A shorter one is written over from its start, and a sync need not
  /// tell the device of a new length; but connections that come and go each read all that counts of it.
  let emptied: Int

  /// - Precondition: a journal is not emptied before it is moved.
  package init(movedFrom moved: Int, emptiedFrom emptied: Int) {
    precondition(moved >= 0 && emptied >= moved, "only what has been moved can be emptied")
    (self.moved, self.emptied) = (moved, emptied)
  }

  /// Moved by each transaction: for who writes much at once, and seldom.
  package static let movedEachTime = JournalLimits(movedFrom: 0, emptiedFrom: 1_000)
}
