import Foundation
import Synchronization

/// A server on loopback that keeps what is posted to it and answers each request with one text.
final class Receiver: Sendable {
  private let socket: Int32
  let port: UInt16
  private let answer: String
  private let requests = Mutex<[String]>([])

  /// Starts to listen; the thread ends with the process.
  init(answering answer: String) throws {
    self.answer = answer
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let number = socket
    let code = unsafe withUnsafeMutablePointer(to: &address) { place in
      unsafe place.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
        unsafe bind(number, place, length) + listen(number, 8) + getsockname(number, place, &length)
      }
    }
    guard code == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { [self] in serve() }
  }

  var url: String { "http://127.0.0.1:\(port)/webhooks/billing" }

  /// Whole requests in the order of arrival.
  var received: [String] { requests.withLock { $0 } }

  private func serve() {
    while true {
      let connection = accept(socket, nil, nil)
      if connection < 0 { return }
      let handle = FileHandle(fileDescriptor: connection, closeOnDealloc: true)
      var request = Data()
      while !isWhole(request) {
        let more = handle.availableData
        if more.isEmpty { break }
        request += more
      }
      requests.withLock { $0.append(String(decoding: request, as: UTF8.self)) }
      handle.write(Data(answer.utf8))
    }
  }

  private func isWhole(_ request: Data) -> Bool {
    guard let end = request.range(of: Data("\r\n\r\n".utf8)) else { return false }
    let head = String(decoding: request[..<end.lowerBound], as: UTF8.self)
    let length = head.firstMatch(of: /Content-Length: ([0-9]+)/).flatMap { Int($0.1) } ?? 0
    return request.count >= end.upperBound + length
  }
}
