import CCmarkGFM
import Glibc

/// A parsed text, owned: the parser, which owns the attached extensions' list, and the tree live and die together.
///
/// Safety: `parser` and `root` come from cmark-gfm, are freed once, in `deinit`, and never leave this type; no
/// pointer into a Swift array outlives the call it is passed to. Callers hold the module's lock throughout.
@safe
struct CMarkTree: ~Copyable {
  private let parser: CMarkParser
  private let root: OpaquePointer

  static func registerExtensions() { cmark_gfm_core_extensions_ensure_registered() }

  init(parsing source: [UInt8]) throws(MarkdownError) {
    let parser = try CMarkParser()
    for name in ["table", "strikethrough", "autolink", "tasklist"] { try parser.attach(name) }
    guard let root = unsafe parser.parse(source) else { throw .libraryFailure }
    self.parser = parser
    unsafe self.root = root
  }

  deinit { unsafe cmark_node_free(root) }

  /// Gives each heading the level that `newLevel` makes of its own.
  func setHeadings(_ newLevel: (Int32) -> Int32) {
    let headings = unsafe nodes(of: CMARK_NODE_HEADING)
    for index in unsafe headings.indices {
      let node = unsafe headings[index]
      let level = unsafe cmark_node_get_heading_level(node)
      unsafe cmark_node_set_heading_level(node, newLevel(level))
    }
  }

  /// Leaves the description of each image in its place: a page asks nobody else for anything.
  func unwrapImages() {
    let images = unsafe nodes(of: CMARK_NODE_IMAGE)
    for index in unsafe images.indices { unsafe unwrap(images[index]) }
  }

  /// Puts a node's children in its place, and frees it.
  private func unwrap(_ node: OpaquePointer) {
    while let child = unsafe cmark_node_first_child(node) {
      // What cannot stand there goes, so that it is not met for ever.
      if unsafe cmark_node_insert_before(node, child) == 0 { unsafe cmark_node_free(child) }
    }
    unsafe cmark_node_unlink(node)
    unsafe cmark_node_free(node)
  }

  /// Leaves the text of each link whose address `isAllowed` refuses.
  func unwrapLinks(unless isAllowed: (String) -> Bool) {
    let links = unsafe nodes(of: CMARK_NODE_LINK)
    for index in unsafe links.indices {
      let link = unsafe links[index]
      let address = unsafe cmark_node_get_url(link).map { unsafe String(cString: $0) } ?? ""
      if !isAllowed(address) { unsafe unwrap(link) }
    }
  }

  /// The nodes of a kind in order of the text, collected before any of them is changed; they belong to the tree.
  private func nodes(of type: cmark_node_type) -> [OpaquePointer] {
    guard let iterator = unsafe cmark_iter_new(root) else { return unsafe [] }
    defer { unsafe cmark_iter_free(iterator) }
    var found: [OpaquePointer] = unsafe []
    while true {
      let event = unsafe cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE else { return unsafe found }
      guard event == CMARK_EVENT_ENTER, let node = unsafe cmark_iter_get_node(iterator),
        unsafe cmark_node_get_type(node) == type
      else { continue }
      unsafe found.append(node)
    }
  }

  func renderHTML() throws(MarkdownError) -> [UInt8] {
    guard let memory = unsafe cmark_get_default_mem_allocator(),
      let html = unsafe cmark_render_html_with_mem(root, CMarkParser.options, parser.extensions, memory)
    else { throw .libraryFailure }
    defer { unsafe memory.pointee.free(html) }
    // cmark-gfm replaces NUL on the way in, so the first one is the end.
    return unsafe Array(UnsafeRawBufferPointer(start: html, count: strlen(html)))
  }
}

/// A cmark-gfm parser, owned.
///
/// Safety: `pointer` comes from `cmark_parser_new` and is freed once, in `deinit`.
@safe
private struct CMarkParser: ~Copyable {
  /// `CMARK_OPT_UNSAFE` is left out, which is what drops raw HTML and dangerous links.
  static let options = CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8

  private let pointer: OpaquePointer

  init() throws(MarkdownError) {
    guard let pointer = unsafe cmark_parser_new(Self.options) else { throw .libraryFailure }
    unsafe self.pointer = pointer
  }

  deinit { unsafe cmark_parser_free(pointer) }

  /// The attached extensions; the list belongs to the parser.
  var extensions: UnsafeMutablePointer<cmark_llist>? { unsafe cmark_parser_get_syntax_extensions(pointer) }

  func attach(_ name: String) throws(MarkdownError) {
    guard let found = unsafe cmark_find_syntax_extension(name) else { throw .missingExtension(name: name) }
    guard unsafe cmark_parser_attach_syntax_extension(pointer, found) == 1 else { throw .libraryFailure }
  }

  /// The tree of a text, which the caller frees.
  func parse(_ source: [UInt8]) -> OpaquePointer? {
    unsafe source.withUnsafeBytes { bytes in
      unsafe cmark_parser_feed(pointer, bytes.bindMemory(to: CChar.self).baseAddress, bytes.count)
    }
    return unsafe cmark_parser_finish(pointer)
  }
}
