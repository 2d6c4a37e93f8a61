/// Reads Mustache as <https://github.com/mustache/spec> has it: the core modules, dynamic names and inheritance.
package enum TemplateParser {
  /// Parses one template.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8.
  ///   - name: the file that errors name.
  /// - Returns: the template, which may be rendered any number of times.
  /// - Throws: ``TemplateSyntaxError`` for the first thing that is wrong.
  /// - Complexity: O(*n*) in the length of the source.
  package static func parse(_ bytes: [UInt8], name: String) throws(TemplateSyntaxError) -> Template {
    try checkUTF8(bytes, file: name)
    var tokenizer = TemplateTokenizer(source: bytes, file: name)
    try tokenizer.tokenize()
    var lines = StandaloneLines(tokenizer.tokens, source: bytes)
    lines.resolve()
    var builder = ProgramBuilder(tokens: lines.tokens, source: bytes, file: name)
    return Template(file: name, source: bytes, program: try builder.build())
  }

  private static func checkUTF8(_ bytes: [UInt8], file: String) throws(TemplateSyntaxError) {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      let start = error.byteOffsets.lowerBound
      throw TemplateSyntaxError(.invalidUTF8, file: file, source: bytes, range: start..<start)
    }
  }
}
