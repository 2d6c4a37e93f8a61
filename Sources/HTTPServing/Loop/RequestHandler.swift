/// Answers the requests of one listening socket, on the thread of the loop.
package protocol RequestHandler {
  /// Answers everything that arrived in one turn of the loop, so that one transaction can keep it all.
  ///
  /// Nothing is sent before this returns. One answer a request, in the same order.
  func responses(to requests: [Request]) -> [Response]
}
