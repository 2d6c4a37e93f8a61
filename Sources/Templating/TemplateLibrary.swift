/// How forgiving a library and its rendering are.
package enum TemplateMode: Sendable {
  /// Unknown names, partials and values that cannot be printed are errors.
  case strict
  /// What is missing prints nothing, as the Mustache specification has it.
  case lenient
}

/// The bytes of one template, the name it is called by and the file that errors show.
package struct TemplateSource: Sendable {
  /// Such as `partials/header`.
  package let name: String
  /// Such as `site-templates/partials/header.mustache`; only shown, never opened.
  package let file: String
  /// UTF-8.
  package let bytes: [UInt8]

  /// Takes the bytes as they are: they are checked when a library is made of them.
  package init(name: String, file: String, bytes: [UInt8]) {
    self.name = name
    self.file = file
    self.bytes = bytes
  }
}

/// All templates of a site, parsed, by name.
package struct TemplateLibrary: Sendable {
  /// By the numbers of their names.
  private let templates: [Template?]
  private let variants = LibraryVariants()

  /// Parses templates whose names also stand for their files in errors; of two of the same name the later one counts.
  ///
  /// - Throws: ``TemplateSyntaxError``, in strict mode also for a partial or parent that no source provides.
  package init(
    sources: [(name: String, bytes: [UInt8])], mode: TemplateMode = .strict
  ) throws(TemplateSyntaxError) {
    let layer = sources.map { TemplateSource(name: $0.name, file: $0.name, bytes: $0.bytes) }
    try self.init(layers: [layer], mode: mode)
  }

  /// Parses what remains once each layer's templates have replaced those of the same name in earlier layers.
  ///
  /// - Throws: ``TemplateSyntaxError`` for the first faulty template in the order of the sources, in strict mode
  ///   also for a partial or parent that no source provides. A template that was replaced is not looked at.
  package init(layers: [[TemplateSource]], mode: TemplateMode = .strict) throws(TemplateSyntaxError) {
    let sources = layers.flatMap { $0 }
    var last: [TemplateName: Int] = [:]
    for (index, source) in sources.enumerated() { last[TemplateName(source.name)] = index }

    var templates: [Template?] = []
    let effective = last.sorted { $0.value < $1.value }
    for (name, index) in effective {
      let missing = max(0, Int(name.ordinal) + 1 - templates.count)
      templates += repeatElement(nil, count: missing)
      templates[Int(name.ordinal)] = try TemplateParser.parse(sources[index].bytes, name: sources[index].file)
    }
    self.templates = templates
    guard mode == .strict else { return }
    for (name, _) in effective {
      if let template = template(named: name) { try checkReferences(of: template) }
    }
  }

  private init(_ templates: [Template?]) { self.templates = templates }

  /// The library with the markup of `object` in the place of the tags that print it, in which no page may have a
  /// value of this name that differs; made once for each `owner`.
  ///
  /// - Parameter owner: what the values belong to, such as a language.
  package func replacing(
    _ name: TemplateName, with object: TemplateObject, of owner: some AnyObject & Sendable
  ) -> TemplateLibrary {
    variants.variant(of: owner) { TemplateLibrary(templates.map { $0?.replacing(name, with: object) }) }
  }

  /// The template of that name, compared byte by byte; nil when no source provided it.
  package func template(named name: String) -> Template? {
    TemplateName(known: name).flatMap { template(named: $0) }
  }

  func template(named name: TemplateName) -> Template? {
    templates.indices.contains(Int(name.ordinal)) ? templates[Int(name.ordinal)] : nil
  }

  private func checkReferences(of template: Template) throws(TemplateSyntaxError) {
    for (index, instruction) in template.instructions.enumerated() {
      guard let name = instruction.staticReference, self.template(named: name) == nil else { continue }
      throw TemplateSyntaxError(
        .unknownPartial(name: name.spelling), file: template.file, source: template.source,
        range: template.tags[index])
    }
  }
}

extension Template.Instruction {
  /// The template that a partial or parent tag names outright.
  fileprivate var staticReference: TemplateName? {
    if case .parent(.named(let name), _, _, _) = self { name } else { staticPartial }
  }

  /// The template that a partial tag names outright.
  var staticPartial: TemplateName? {
    if case .partial(.named(let name), _) = self { name } else { nil }
  }
}
