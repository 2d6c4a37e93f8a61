package import OperatingSystem

/// Serves the files below one folder: a preview of a site, with the headers that its real server is to send.
///
/// A request reaches a file by its names from the folder down, each opened below the one before and none a symbolic
/// link, so it cannot leave the folder. Folders are not listed.
package struct StaticFiles: RequestHandler {
  private let root: DirectoryHandle
  private let now: () -> Int64

  /// `now` gives whole seconds since the Unix epoch.
  package init(_ root: DirectoryHandle, now: @escaping () -> Int64) {
    self.root = root
    self.now = now
  }

  package func responses(to requests: [Request]) -> [Response] { requests.map(response) }

  private func response(to request: Request) -> Response {
    guard request.method == .get || request.method == .head else { return .methodNotAllowed([.get, .head]) }
    guard let path = StaticPath(decoding: request.target.path) else { return Self.notFound }
    do throws(SystemError) {
      return try response(to: request, path)
    } catch {
      if error.isOutOfDescriptors {
        return .unavailable(
          code: "busy", message: "Too many files are open.", retryAfterSeconds: 1)
      }
      // A missing name, a symbolic link, a file that may not be read: a visitor cannot tell which.
      return Self.notFound
    }
  }

  private func response(to request: Request, _ path: StaticPath) throws(SystemError) -> Response {
    var folder = root
    for name in path.isFolder ? path.names[...] : path.names.dropLast() {
      folder = try folder.openDirectory(name)
    }
    let name = path.isFolder ? "index.html" : path.names[path.names.count - 1]
    let file = try folder.openFile(name)
    let status = try file.status()
    if status.isDirectory && !path.isFolder { return Self.redirect(request.target) }
    guard status.isRegular else { return Self.notFound }
    return answer(request, OpenFile(file, count: status.size), status, MediaType.ofFile(named: name))
  }

  private func answer(
    _ request: Request, _ file: OpenFile, _ status: FileStatus, _ mediaType: String
  ) -> Response {
    let tag = EntityTag(status)
    let preconditions = Preconditions(tag: tag, modifiedSeconds: status.modifiedSeconds, now: now())
    // RFC 9110 §8.8.2.1: never a time that is still to come.
    let modified = HTTPDate.text(min(status.modifiedSeconds, now()))
    let validators = [Response.Field("ETag", tag.text), Response.Field("Last-Modified", modified)]
    switch preconditions.verdict(on: request.fields) {
    case .notModified: return Response(.notModified, validators + Self.securityFields(mediaType))
    case .failed:
      return .failure(
        .preconditionFailed, code: "precondition_failed", message: "The file is another one now.")
    case .send:
      let type = Response.Field("Content-Type", mediaType)
      return Response(.ok, [type] + validators + Self.securityFields(mediaType), body: .file(file))
    }
  }

  private static let notFound = Response.failure(
    .notFound, code: "not_found", message: "There is no such file.")

  /// Adds the slash, so that relative links in the folder's page lead where they should.
  private static func redirect(_ target: RequestTarget) -> Response {
    let query = target.query.map { "?" + String(decoding: $0, as: UTF8.self) } ?? ""
    return Response(
      .movedPermanently,
      [
        Response.Field("Location", target.pathText + "/" + query),
        Response.Field("Cache-Control", "no-store"),
      ])
  }

  private static func securityFields(_ mediaType: String) -> [Response.Field] {
    var fields = [
      Response.Field("X-Content-Type-Options", "nosniff"), Response.Field("Referrer-Policy", "no-referrer"),
      Response.Field("Cache-Control", "private, no-cache"),
      Response.Field("X-Robots-Tag", "noindex, nofollow, noarchive"),
      Response.Field("Cross-Origin-Resource-Policy", "same-origin"),
    ]
    // A picture that is opened by itself is an active document, too.
    let isDocument = mediaType.utf8.starts(with: "text/html".utf8) || mediaType == "image/svg+xml"
    if isDocument {
      let sandbox = mediaType == "image/svg+xml" ? "; sandbox" : ""
      fields.append(Response.Field("Content-Security-Policy", contentSecurityPolicy + sandbox))
    }
    return fields
  }

  private static let contentSecurityPolicy =
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; "
    + "form-action 'none'; frame-ancestors 'none'"
}
