import Templating

/// A figure that stands out: a name, a value, and what to compare it with.
enum KeyFigure {
  static func make(_ label: String, _ value: TemplateValue, note: TemplateValue = .null) -> TemplateValue {
    .fields([.label: .text(label), .value: value, .note: note])
  }
}
