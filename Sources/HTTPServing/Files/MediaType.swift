/// What a file holds, told by the end of its name alone: its bytes are never guessed at.
enum MediaType {
  /// The value of Content-Type; text is UTF-8.
  static func ofFile(named name: String) -> String {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return unknown }
    let ending = name.utf8[name.utf8.index(after: dot)...].map(Octets.folded)
    return types[String(decoding: ending, as: UTF8.self)] ?? unknown
  }

  private static let unknown = "application/octet-stream"

  private static let types = [
    "html": "text/html; charset=utf-8", "htm": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8", "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8", "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
    "gif": "image/gif", "webp": "image/webp", "avif": "image/avif", "ico": "image/vnd.microsoft.icon",
    "json": "application/json", "ndjson": "application/x-ndjson", "map": "application/json",
    "webmanifest": "application/manifest+json", "xml": "application/xml", "pdf": "application/pdf",
    "atom": "application/atom+xml", "zip": "application/zip", "gz": "application/gzip",
    "wasm": "application/wasm", "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf",
    "otf": "font/otf",
  ]
}
