import HTTPServing
import OperatingSystem

/// `folio serve DIR`: a site as browsers will see it, before it is published.
enum ServeCommand: Command {
  static let description = CommandDescription(
    name: "serve", abstract: "Shows a site to browsers on this machine.",
    discussion:
      "It sends the headers that the site's own web server should send, follows no symbolic link and lists no folder. "
      + "The address is said on standard error. Ctrl-C ends it.",
    arguments: [ArgumentDescription("DIR", help: "The site, or one portal.")],
    options: [
      OptionDescription(
        "--address", value: "A",
        help: "Where to listen, on this machine only; port 0 takes a free one. Default: \(defaultAddress).")
    ],
    examples: [
      .init("folio serve site", "Serves the site at http://\(defaultAddress)/."),
      .init("folio serve site --address '[::1]:0'", "Takes a free port of IPv6."),
    ])

  private static let defaultAddress = "127.0.0.1:8080"

  static func run(_ arguments: ParsedArguments, in context: CommandContext) throws -> ExitStatus {
    let address = try address(arguments)
    let root = try DirectoryHandle(opening: try Directories.realPath(arguments.positionals[0]))
    // Before the first request: from here on a signal ends the loop, not the process.
    let signals = try SignalDescriptor([.interrupt, .terminate])
    let loop = try EventLoop(limits: try .fitting(), clocks: context.serverClocks)
    let bound = try loop.listen(on: address, StaticFiles(root, now: context.seconds))
    try loop.watch(signals.number) { while signals.next() != nil { loop.stopper.ring() } }
    context.console.say("http://\(bound.text)/")
    try loop.run()
    return .done
  }

  /// A preview has no access control, so only this machine may reach it.
  private static func address(_ arguments: ParsedArguments) throws(ArgumentError) -> SocketAddress {
    guard let address = SocketAddress(arguments.value("--address") ?? defaultAddress), address.isLoopback
    else { throw arguments.invalidValue(of: "--address", expected: .loopbackAddress) }
    return address
  }
}

extension CommandContext {
  /// The clocks of a server.
  var serverClocks: ServerClocks {
    ServerClocks(monotonic: { Clock.monotonic() }, wall: seconds)
  }
}

extension ServerLimits {
  /// The usual limits, within what this process may open.
  static func fitting(reserving reserve: Int = reservedDescriptors) throws(SystemError) -> ServerLimits {
    let limits = ServerLimits()
    let openFiles = try OpenFiles.raiseLimit(to: limits.connectionCount + reserve)
    return limits.fitted(toOpenFiles: openFiles, reserving: reserve)
  }
}
