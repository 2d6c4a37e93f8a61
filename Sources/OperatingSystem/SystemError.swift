import Glibc

/// What the kernel refused: the call, the path it was about, and `errno`.
package struct SystemError: Error, Equatable, Sendable {
  /// The call as its manual page names it, such as `open` or `fsync`.
  package let operation: String
  /// The path that was asked for, or nil where the call has none.
  package let path: String?
  /// The value of `errno`.
  package let code: Int32

  /// Describes a refusal that was noticed before, or beside, a call.
  package init(operation: String, path: String?, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// The symbol of `code`, such as `ENOSPC`; `errno 150` for one that is not in the list.
  package var name: String {
    switch code {
    case EPERM: "EPERM"
    case ENOENT: "ENOENT"
    case EINTR: "EINTR"
    case EIO: "EIO"
    case EBADF: "EBADF"
    case EAGAIN: "EAGAIN"
    case ENOMEM: "ENOMEM"
    case EACCES: "EACCES"
    case EBUSY: "EBUSY"
    case EEXIST: "EEXIST"
    case EXDEV: "EXDEV"
    case ENOTDIR: "ENOTDIR"
    case EISDIR: "EISDIR"
    case EINVAL: "EINVAL"
    case ENFILE: "ENFILE"
    case EMFILE: "EMFILE"
    case EFBIG: "EFBIG"
    case ENOSPC: "ENOSPC"
    case EROFS: "EROFS"
    case EMLINK: "EMLINK"
    case EPIPE: "EPIPE"
    case ENAMETOOLONG: "ENAMETOOLONG"
    case ENOSYS: "ENOSYS"
    case ENOTEMPTY: "ENOTEMPTY"
    case ELOOP: "ELOOP"
    case EILSEQ: "EILSEQ"
    case EOPNOTSUPP: "EOPNOTSUPP"
    case EDQUOT: "EDQUOT"
    case ESTALE: "ESTALE"
    case ETXTBSY: "ETXTBSY"
    case EADDRINUSE: "EADDRINUSE"
    case EADDRNOTAVAIL: "EADDRNOTAVAIL"
    case ECONNRESET: "ECONNRESET"
    case ENOBUFS: "ENOBUFS"
    default: "errno \(code)"
    }
  }

  /// The system's own words for `code`, such as `No space left on device`.
  package var reason: String {
    // glibc's strerror keeps its buffer per thread.
    guard let text = unsafe strerror(code) else { return name }
    return unsafe String(cString: text)
  }

  /// Whether a call on a descriptor that does not block has nothing to do now (`EAGAIN`).
  package var isWouldBlock: Bool { code == EAGAIN }
  /// Whether the process or the system has no descriptor or memory left for another connection or file.
  package var isOutOfDescriptors: Bool { [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code) }
  /// Whether nobody reads any more what is written (EPIPE).
  package var isBrokenPipe: Bool { code == EPIPE }
  /// Whether nothing exists at the path (`ENOENT`, or `ENOTDIR` for a file used as a folder).
  package var isNotFound: Bool { code == ENOENT || code == ENOTDIR }

  /// Whether a symbolic link stands where none may (`ELOOP`).
  package var isSymbolicLink: Bool { code == ELOOP }
  /// Whether a file has as many names as its file system allows (`EMLINK`).
  package var isTooManyLinks: Bool { code == EMLINK }

  /// What was looked at a moment ago is another thing now (`ESTALE`).
  package static func changedMeanwhile(path: String) -> SystemError {
    SystemError(operation: "link", path: path, code: ESTALE)
  }

  /// Whether something exists already where a new name was wanted.
  package var isAlreadyThere: Bool { code == EEXIST }

  /// Whether the kernel or the file system lacks the call or its flag, so that a caller may fall back.
  package var isNotSupported: Bool { code == EINVAL || code == ENOSYS || code == EOPNOTSUPP }
}
