import Synchronization

/// The forms of one library that were made so far, one for each language of a site: threads of a build share them.
final class LibraryVariants: Sendable {
  private struct Variant {
    /// Kept, so that no other owner ever has its identity.
    let owner: any AnyObject & Sendable
    let library: TemplateLibrary
  }

  private let variants = Mutex<[Variant]>([])

  /// The variant of an owner, made the first time that it is asked for.
  func variant(of owner: some AnyObject & Sendable, _ make: () -> TemplateLibrary) -> TemplateLibrary {
    variants.withLock { variants in
      if let known = variants.first(where: { $0.owner === owner }) { return known.library }
      let library = make()
      variants.append(Variant(owner: owner, library: library))
      return library
    }
  }
}
