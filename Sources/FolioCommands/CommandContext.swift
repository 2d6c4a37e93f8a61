package import FolioBilling
import FolioSite
import OperatingSystem

/// What a command gets from the process: the only place from which it learns of clock, environment and binary.
package struct CommandContext: Sendable {
  package let console: Console
  /// The present, for reports and for builds that no as-of time pins.
  package let now: @Sendable () -> Timestamp
  package let environment: @Sendable (String) -> String?
  /// The real path of the binary.
  package let executable: String

  package init(
    console: Console, now: @escaping @Sendable () -> Timestamp,
    environment: @escaping @Sendable (String) -> String?, executable: String
  ) {
    self.console = console
    self.now = now
    self.environment = environment
    self.executable = executable
  }

  func resourceRoot(_ option: String?) throws(ResourceError) -> ResourceRoot {
    try ResourceRoot.find(option: option, environment: environment("FOLIO_RESOURCES"), executable: executable)
  }

  /// The present in whole seconds since the Unix epoch.
  var seconds: @Sendable () -> Int64 { { [now] in now().secondsSinceEpoch } }

  /// A clock that never goes back, whatever its start.
  var elapsed: @Sendable () -> Duration { { .nanoseconds(Clock.monotonic()) } }

  func makeProgress() -> Progress { Progress(on: console, now: elapsed) }
}

/// A command: what it says of itself and what it does.
protocol Command {
  static var description: CommandDescription { get }
  /// Does the work.
  ///
  /// - Throws: whatever went wrong; `ErrorPresentation` says it and the exit status is 1.
  static func run(_ arguments: ParsedArguments, in context: CommandContext) throws -> ExitStatus
}

extension ParsedArguments {
  func instant(_ name: String) throws(ArgumentError) -> Timestamp? {
    guard let text = value(name) else { return nil }
    guard let instant = Timestamp(text) else { throw invalidValue(of: name, expected: .instant) }
    return instant
  }

  func customer(_ name: String) throws(ArgumentError) -> CustomerID? {
    guard let text = value(name) else { return nil }
    do { return try CustomerID(text) } catch { throw invalidValue(of: name, expected: .identifier) }
  }

  func customers(_ name: String) throws(ArgumentError) -> [CustomerID] {
    var customers: [CustomerID] = []
    for text in values(name) { customers.append(try identifier(text, of: name)) }
    return customers
  }

  /// An argument or a value as an identifier; `name` is what help calls it.
  func identifier<Subject>(_ text: String, of name: String) throws(ArgumentError) -> Identifier<Subject> {
    do { return try Identifier(text) } catch {
      throw ArgumentError(command: command.name, .invalidValue(text, of: name, expected: .identifier))
    }
  }

  func month(_ name: String) throws(ArgumentError) -> CalendarMonth? {
    guard let text = value(name) else { return nil }
    guard let month = CalendarMonth(text) else { throw invalidValue(of: name, expected: .month) }
    return month
  }

  func amount(_ name: String) throws(ArgumentError) -> ExactDecimal? {
    guard let text = value(name) else { return nil }
    do { return try ExactDecimal(text) } catch { throw invalidValue(of: name, expected: .amount) }
  }

  func currency(_ name: String) throws(ArgumentError) -> Currency? {
    guard let text = value(name) else { return nil }
    guard let currency = Currency(code: text) else { throw invalidValue(of: name, expected: .currency) }
    return currency
  }
}
