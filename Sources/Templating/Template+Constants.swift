extension Template {
  /// The template with the values of `object`, which no page changes, in the place of the tags that print them.
  ///
  /// Only markup is put there; other values are looked up as before, when they are asked for.
  func replacing(_ name: TemplateName, with object: TemplateObject) -> Template {
    var (text, instructions) = (text, instructions)
    for index in instructions.indices {
      guard case .value(let path, _) = instructions[index], names[path].first == name,
        let markup = Self.markup(names[path].dropFirst(), in: object)
      else { continue }
      instructions[index] = .constant(bytes: text.count..<text.count + markup.count)
      text += markup
    }
    return Template(self, text: text, instructions: instructions)
  }

  private static func markup(_ path: ArraySlice<TemplateName>, in object: TemplateObject) -> [UInt8]? {
    guard let name = path.first, let value = object[name] else { return nil }
    switch value {
    case .markup(let bytes) where path.count == 1: return bytes
    case .object(let inner): return markup(path.dropFirst(), in: inner)
    default: return nil
    }
  }
}
