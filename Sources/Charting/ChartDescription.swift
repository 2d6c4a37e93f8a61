import Markup

/// What a chart says about itself to those who cannot see it, and its name in the page.
package struct ChartDescription: Hashable, Sendable {
  /// The prefix of the chart's `id` attributes, unique in the page: ASCII letters and digits.
  package let id: String
  /// What the chart shows.
  package let title: String
  /// What is to be learnt from it, not what it looks like.
  package let finding: String

  /// Texts are taken as they come and escaped when they are written.
  package init(id: String, title: String, finding: String) {
    self.id = id
    self.title = title
    self.finding = finding
  }

  /// Opens an image as wide as its place, with this title and description; `height` is in tenths of a pixel.
  func begin(height: Int64, into buffer: inout ByteBuffer) {
    buffer.append("<svg class=\"plot\" role=\"img\" width=\"100%\"")
    buffer.append(" height=\"", pixels: height)
    buffer.append(" aria-labelledby=\"")
    buffer.append("\(id)t \(id)d", escaping: .xmlAttribute)
    buffer.append("\">")
    append("title", "\(id)t", title, into: &buffer)
    append("desc", "\(id)d", finding, into: &buffer)
  }

  private func append(_ element: String, _ id: String, _ text: String, into buffer: inout ByteBuffer) {
    buffer.append("<\(element) id=\"")
    buffer.append(id, escaping: .xmlAttribute)
    buffer.append("\">")
    buffer.append(text, escaping: .xmlText)
    buffer.append("</\(element)>")
  }
}
