import FolioBilling
import FolioSite
import JSON
import Publishing

/// The events of a build as lines of JSON; members may be added, none is ever renamed.
enum BuildEventLines {
  static func planned(_ plan: BuildPlan) -> [UInt8] {
    line("planned") { writer in
      writer.list("portals", plan.portals) { portal, writer in
        writer.member("customer_id", portal.customer.text)
        writer.member("path", portal.name)
        writer.key("reasons")
        writer.beginArray()
        for reason in portal.reasons { writer.string(BuildReasonWords.code(reason)) }
        writer.endArray()
      }
      writer.list("removals", plan.removals) { removal, writer in
        writer.member("customer_id", removal.owner.isEmpty ? nil : removal.owner)
        writer.member("path", removal.name)
        writer.member("reason", BuildReasonWords.code(removal.reason))
      }
      writer.member("up_to_date", plan.current.count)
    }
  }

  static func made(_ portal: PortalReport, done: Int, of count: Int) -> [UInt8] {
    line("portal") { writer in
      writer.member("customer_id", portal.customer.text)
      writer.member("path", portal.name)
      writer.member("unchanged", portal.isUnchanged)
      writer.counts(portal.counts)
      writer.member("done", done)
      writer.member("of", count)
    }
  }

  static func failed(_ failure: PortalFailure, done: Int, of count: Int) -> [UInt8] {
    line("failed") { writer in
      writer.member("customer_id", failure.customer.text)
      writer.member("reason", ErrorPresentation.text(for: failure.reason))
      writer.member("done", done)
      writer.member("of", count)
    }
  }

  static func summary(_ report: BuildReport, milliseconds: Int) -> [UInt8] {
    line("summary") { writer in
      writer.member("output", report.output)
      writer.member("as_of", report.asOf.text)
      writer.member("dry_run", report.isRehearsal)
      writer.member("portals_published", report.portals.count { !$0.isUnchanged })
      writer.member("portals_unchanged", report.portals.count { $0.isUnchanged })
      writer.member("portals_up_to_date", report.plan.current.count)
      writer.member("portals_removed", report.plan.removals.count)
      writer.member("portals_failed", report.failures.count)
      writer.counts(report.counts)
      writer.member("shared_files_written", report.sharedFiles.written)
      writer.member("shared_files_removed", report.sharedFiles.removed)
      writer.member("milliseconds", milliseconds)
      writer.member("reading_milliseconds", report.times.reading.wholeMilliseconds)
      writer.member("rendering_milliseconds", report.times.rendering.wholeMilliseconds)
      writer.member("writing_milliseconds", report.times.writing.wholeMilliseconds)
      writer.member("names_are_guessable", report.hasGuessableNames)
      writer.member("exchanged_in_one_step", report.isOneStep)
    }
  }

  private static func line(_ event: String, _ body: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("event", event)
    body(&writer)
    writer.endObject()
    writer.endDocument()
    return writer.bytes
  }
}

extension JSONWriter {
  fileprivate mutating func counts(_ counts: FileCounts) {
    member("files", counts.files)
    member("bytes", counts.bytes)
    member("files_written", counts.written)
    member("bytes_written", counts.writtenBytes)
    member("files_linked", counts.linked)
    member("files_removed", counts.removed)
  }
}
