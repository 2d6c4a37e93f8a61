import FolioBilling
import FolioStore

/// A notice to one customer of the demo, or to all.
struct DemoNotice {
  let id: String
  let body: String
  let from: String
  var until: String?

  static let maintenance = DemoNotice(
    id: "notice_maintenance",
    body:
      "**Planned maintenance** on Saturday 20 June, 22:00–23:00 UTC. Messages are queued meanwhile and none is lost.",
    from: "2026-06-13T00:00:00Z", until: "2026-06-21T00:00:00Z")

  func event(_ maker: DemoEvents) throws(FieldError) -> ReceivedEvent {
    let data: DemoMembers = [("notice_id", text(id)), ("body", text(body)), ("from", text(from))]
    return try maker.make(
      .noticePosted, id, at: DemoCalendar.instant(from), data + (until.map { [("until", text($0))] } ?? []))
  }
}
