import FolioAccounts
import FolioBilling
import Templating

/// How the figures are made: the words of the language's `help.md`, which a site may replace.
struct HelpPage {
  let facts: AccountFacts
  let messages: MessageCatalog
  let markdown: MarkdownCache

  func page() throws -> Page {
    Page(
      path: PortalPaths.help, template: "pages/help", section: .help,
      heading: try messages.text("help.heading"),
      lead: try messages.sentence("help.lead"), asOf: facts.statement.asOf, usage: .irrelevant,
      feed: TemplateObject(), feedPath: PortalPaths.feedsIndex,
      content: [.text: .markup(try markdown.markup(ofOwn: messages.help))])
  }
}
