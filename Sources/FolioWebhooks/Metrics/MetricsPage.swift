import FolioBilling
import FolioStore

/// What `/metrics` shows; names are a promise, alert rules rest on them.
enum MetricsPage {
  static func bytes(
    _ counts: ListenerMetrics.Counts, _ gauges: OperationsHandler.Gauges, _ clocks: ListenerClocks
  ) -> [UInt8] {
    var text = PrometheusText()
    write(counts, to: &text)
    write(gauges, clocks.now(), to: &text)
    let unpublished = counts.unpublishedSince.map { clocks.elapsed() - $0 } ?? .zero
    text.gauge(
      "folio_portals_unpublished_age_seconds", "Since when the oldest change waits to be published.",
      unpublished)
    text.gauge(
      "folio_portals_failing", "Portals whose latest attempt failed.", counts.portalsFailing)
    return text.bytes
  }

  private static func write(_ counts: ListenerMetrics.Counts, to text: inout PrometheusText) {
    text.counter(
      "folio_webhook_deliveries_total", "Deliveries answered with 202, by state.", label: "state",
      sorted(counts.acknowledged))
    text.counter(
      "folio_webhook_rejections_total", "Requests answered otherwise, by reason.", label: "reason",
      sorted(counts.rejected))
    text.histogram(
      "folio_webhook_acknowledgement_seconds", "From a whole request to its durable answer.",
      counts.acknowledgement)
    text.counter(
      "folio_events_applied_total", "Deliveries taken from the inbox, by what became of them.",
      label: "outcome", sorted(counts.applied))
    text.counter("folio_portals_published_total", "Portals published.", counts.portalsPublished)
    text.counter("folio_portals_failed_total", "Attempts at a portal that failed.", counts.portalsFailed)
    text.counter(
      "folio_publication_failures_total", "Rounds of publication that could not make any portal.",
      counts.roundsFailed)
    text.histogram(
      "folio_publication_seconds", "Rounds of publication that made portals.", counts.publication)
  }

  private static func write(
    _ gauges: OperationsHandler.Gauges, _ now: Timestamp, to text: inout PrometheusText
  ) {
    for state in DeliveryState.allCases where state != .applied {
      text.gauge(
        "folio_inbox_\(state.rawValue)", "Deliveries in this state.", Int64(gauges.inbox.counts[state] ?? 0))
    }
    text.gauge(
      "folio_inbox_oldest_pending_seconds", "Since when the oldest delivery waits to be applied.",
      age(gauges.inbox.oldestPending, now))
    text.gauge(
      "folio_inbox_oldest_waiting_seconds", "Since when the oldest delivery waits for its subject.",
      age(gauges.inbox.oldestWaiting, now))
    text.gauge(
      "folio_usage_stalest_watermark_seconds", "How far behind the least complete customer's usage is.",
      age(gauges.stalestWatermark, now))
  }

  private static func sorted(_ counts: [String: Int64]) -> [(String, Int64)] {
    counts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }

  private static func age(_ instant: Timestamp?, _ now: Timestamp) -> Duration {
    instant.map { .nanoseconds(max(0, now.nanosecondsSinceEpoch - $0.nanosecondsSinceEpoch)) } ?? .zero
  }
}
