import Glibc

/// Makes a call that returns −1 and sets `errno`, and makes it again when a signal interrupted it.
///
/// A path that holds NUL is refused with `EINVAL`: C would silently use the part before it.
@discardableResult
func systemCall<Result: SignedInteger>(
  _ operation: String, _ paths: String..., body: () -> Result
) throws(SystemError) -> Result {
  for path in paths where path.utf8.contains(0) {
    throw SystemError(operation: operation, path: path, code: EINVAL)
  }
  while true {
    let result = body()
    if result != -1 { return result }
    let code = errno
    if code != EINTR { throw SystemError(operation: operation, path: paths.first, code: code) }
  }
}

/// The same of an open descriptor, or of a name that is known to hold no NUL: nothing is made for an error but when
/// there is one.
@discardableResult
func systemCall<Result: SignedInteger>(
  _ operation: String, about path: @autoclosure () -> String, body: () -> Result
) throws(SystemError) -> Result {
  while true {
    let result = body()
    if result != -1 { return result }
    let code = errno
    if code != EINTR { throw SystemError(operation: operation, path: path(), code: code) }
  }
}

/// Writes every byte to an open descriptor, however many calls that takes.
func writeAll(
  _ bytes: Span<UInt8>, to descriptor: Int32, path: @autoclosure () -> String
) throws(SystemError) {
  var written = 0
  while written < bytes.count {
    written += try systemCall("write", about: path()) {
      unsafe bytes.withUnsafeBytes { all in
        unsafe write(descriptor, all.baseAddress?.advanced(by: written), all.count - written)
      }
    }
  }
}
