import Charting
import Testing

@Suite struct HeatScaleTests {
  @Test func `levels are equal steps, and zero is alone`() {
    let scale = HeatScale(greatest: 60)
    #expect([0, 1, 10, 11, 20, 21, 50, 51, 60].map(scale.level) == [0, 1, 1, 2, 2, 3, 5, 6, 6])
    #expect(scale.className(of: 31) == "q4")
  }

  @Test func `counts outside of the scale have the nearest level`() {
    let scale = HeatScale(greatest: 60)
    #expect(scale.level(of: -1) == 0)
    #expect(scale.level(of: .max) == 6)
    #expect(HeatScale(greatest: 0).level(of: 0) == 0)
  }

  @Test(arguments: [0, 1, 5, 6, 7, 61, 1_000_000_000_000, Int64.max] as [Int64])
  func `steps say which counts have a level, without a hole`(greatest: Int64) {
    let scale = HeatScale(greatest: greatest)
    var next: Int64 = 0
    for step in scale.steps {
      #expect(step.counts.lowerBound == next)
      #expect(scale.level(of: step.counts.lowerBound) == step.level)
      #expect(scale.level(of: step.counts.upperBound) == step.level)
      next = step.counts.upperBound &+ 1
    }
    #expect(next == greatest &+ 1)
  }

  @Test func `few counts have few levels`() {
    #expect(HeatScale(greatest: 2).steps.map(\.level) == [0, 3, 6])
    #expect(HeatScale(greatest: -5).steps.map(\.level) == [0])
  }
}
