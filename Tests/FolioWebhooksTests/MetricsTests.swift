import FolioWebhooks
import Testing

@Suite struct MetricsTests {
  @Test func `a histogram counts a duration in its bucket and in all larger ones`() {
    var histogram = Histogram()
    histogram.observe(.microseconds(500))
    histogram.observe(.microseconds(501))
    histogram.observe(.seconds(61))
    var text = PrometheusText()
    text.histogram("folio_test_seconds", "A test.", histogram)
    let lines = String(decoding: text.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(lines.prefix(2) == ["# HELP folio_test_seconds A test.", "# TYPE folio_test_seconds histogram"])
    #expect(lines[2] == #"folio_test_seconds_bucket{le="0.0005"} 1"#)
    #expect(lines[3] == #"folio_test_seconds_bucket{le="0.001"} 2"#)
    #expect(
      lines.suffix(4) == [
        #"folio_test_seconds_bucket{le="60"} 2"#, #"folio_test_seconds_bucket{le="+Inf"} 3"#,
        "folio_test_seconds_sum 61.001001", "folio_test_seconds_count 3",
      ])
  }

  @Test func `counters and gauges carry their labels and units`() {
    var text = PrometheusText()
    text.counter("folio_a_total", "A.", label: "state", [("accepted", 2), ("conflict", 1)])
    text.gauge("folio_b_seconds", "B.", Duration.milliseconds(1_500))
    #expect(
      String(decoding: text.bytes, as: UTF8.self) == """
        # HELP folio_a_total A.
        # TYPE folio_a_total counter
        folio_a_total{state="accepted"} 2
        folio_a_total{state="conflict"} 1
        # HELP folio_b_seconds B.
        # TYPE folio_b_seconds gauge
        folio_b_seconds 1.5

        """)
  }
}
