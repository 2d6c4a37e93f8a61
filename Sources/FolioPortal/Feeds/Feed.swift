import Templating

/// What a feed says: a tree whose values a page shows, too, or rows that nobody but the feed needs and that become
/// JSON without a tree.
protocol Feed {
  /// Writes one object.
  func write(into writer: inout FeedWriter)
}

extension TemplateObject: Feed {
  func write(into writer: inout FeedWriter) { writer.write(self) }
}
