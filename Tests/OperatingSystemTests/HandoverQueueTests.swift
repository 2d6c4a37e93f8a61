import OperatingSystem
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct HandoverQueueTests {
  @Test func `what one thread puts in another takes out, all of it and in order`() throws {
    let queue = try HandoverQueue<Int>(limit: 10)
    let taken = Mutex<[Int]>([])
    let taker = try RunningThread {
      while let batch = try? queue.takeAll(), !batch.isEmpty {
        // None is heavier than three, and the first has always room.
        #expect(batch.count <= 10)
        taken.withLock { $0 += batch }
      }
    }
    for number in 0..<5_000 { #expect(try queue.put(number, weight: 1 + number % 3)) }
    queue.close()
    taker.join()
    #expect(taken.withLock(\.self) == Array(0..<5_000))
  }

  @Test func `an element that is heavier than the limit goes alone`() throws {
    let queue = try HandoverQueue<String>(limit: 10)
    #expect(try queue.put("heavy", weight: 1_000))
    let taker = try RunningThread { #expect((try? queue.takeAll()) == ["heavy"]) }
    #expect(try queue.put("next", weight: 1))
    taker.join()
    #expect(try queue.takeAll() == ["next"])
    queue.close()
    #expect(try queue.takeAll() == [])
  }

  @Test func `who waits for room learns that nobody takes any more`() throws {
    let queue = try HandoverQueue<Int>(limit: 1)
    #expect(try queue.put(1, weight: 1))
    let taker = try RunningThread { queue.abandon() }
    #expect(try !queue.put(2, weight: 1))
    taker.join()
    #expect(try !queue.put(3, weight: 1))
  }
}
