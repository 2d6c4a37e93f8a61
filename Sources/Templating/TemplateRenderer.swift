package import Markup

/// Turns a template and its values into bytes.
package enum TemplateRenderer {
  /// How deep partials, parents and blocks may nest.
  package static let depthLimit = 64

  /// How many partials, parents and blocks one page may expand: a template that calls itself twice stops here
  /// long before its depth does.
  package static let expansionsLimit = 1_000_000

  /// Appends the rendered template; on an error what was appended so far is worthless.
  ///
  /// Static text is copied, `{{ }}` escapes for HTML (safe in text and in quoted attributes alike), and values
  /// are never read as templates.
  ///
  /// - Parameters:
  ///   - template: what to render; it need not be in the library.
  ///   - context: the stack of contexts, innermost last.
  ///   - library: where partials and parents come from.
  ///   - mode: whether what is missing is an error.
  ///   - printer: prints the leaves among the values.
  ///   - patterns: what pages before have told of their rows; of the same library and printer.
  ///   - output: where the page goes, after what is there already.
  /// - Throws: ``TemplateRenderError``; lenient mode only knows its two limits.
  package static func render(
    _ template: Template,
    context: [TemplateValue],
    library: TemplateLibrary,
    mode: TemplateMode,
    printer: any TemplateLeafPrinter,
    patterns: RowPatterns = RowPatterns(),
    into output: inout ByteBuffer
  ) throws(TemplateRenderError) {
    var pass = RenderPass(
      context: context, library: library, mode: mode, printer: printer, patterns: patterns)
    try pass.run(template.instructions.indices, of: template, into: &output)
  }
}
