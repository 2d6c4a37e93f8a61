import Charting
import Testing

@Suite struct DifferenceBarTests {
  private func render(
    _ amount: Int64, of greatest: Int64, _ direction: ChartDirection = .leftToRight
  ) -> String {
    markup { DifferenceBar(amount, of: greatest).render(direction: direction, into: &$0) }
  }

  @Test func `more goes towards the end and less towards the start`() {
    #expect(render(50, of: 100).contains("<rect class=\"up\" x=\"50%\" width=\"25%\" height=\"12\"/>"))
    #expect(render(-50, of: 100).contains("<rect class=\"down\" x=\"25%\" width=\"25%\" height=\"12\"/>"))
    #expect(render(50, of: 100, .rightToLeft).contains("<rect class=\"up\" x=\"25%\" width=\"25%\""))
    #expect(render(-50, of: 100, .rightToLeft).contains("<rect class=\"down\" x=\"50%\" width=\"25%\""))
  }

  @Test func `no difference is the middle line alone`() {
    #expect(
      render(0, of: 100) == "<svg class=\"bar\" aria-hidden=\"true\" width=\"100%\" height=\"12\">"
        + "<line class=\"axis\" x1=\"50%\" x2=\"50%\" y2=\"12\"/></svg>")
    #expect(render(0, of: 0).isEmpty)
  }

  @Test(arguments: [(-300, 200), (300, -200), (.min, .max), (.min, 0), (.max, .min)] as [(Int64, Int64)])
  func `an amount beyond the scale fills its half`(amount: Int64, greatest: Int64) {
    #expect(render(amount, of: greatest).contains("width=\"\(amount == .max ? "49.99" : "50")%\""))
  }
}
