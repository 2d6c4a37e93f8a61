import FolioSite

/// Which part of the portals a build looks at, as the command line or the machine that runs it says.
enum ShardOption {
  /// nil for all portals.
  ///
  /// - Throws: `ArgumentError`.
  static func shard(_ arguments: ParsedArguments, _ context: CommandContext) throws(ArgumentError) -> Shard? {
    guard let shard = try named(arguments, context), shard.count > 1 else { return nil }
    return shard
  }

  private static func named(
    _ arguments: ParsedArguments, _ context: CommandContext
  ) throws(ArgumentError) -> Shard? {
    if let text = arguments.value("--shard") {
      guard let shard = Shard(text) else { throw arguments.invalidValue(of: "--shard", expected: .shard) }
      return shard
    }
    let count = try arguments.wholeNumber("--shard-count", in: 1...Shard.countLimit)
    if let text = context.environment("JOB_COMPLETION_INDEX") {
      guard let count else { throw ArgumentError(command: arguments.command.name, .shardCountMissing) }
      return try variable("JOB_COMPLETION_INDEX", text, offset: 1, count, arguments)
    }
    if count != nil { throw ArgumentError(command: arguments.command.name, .shardIndexMissing) }
    guard let index = context.environment("CI_NODE_INDEX"), let total = context.environment("CI_NODE_TOTAL")
    else { return nil }
    guard let count = number(total), (1...Shard.countLimit).contains(count) else {
      throw ArgumentError(
        command: arguments.command.name,
        .invalidValue(total, of: "CI_NODE_TOTAL", expected: .wholeNumber(1...Shard.countLimit)))
    }
    return try variable("CI_NODE_INDEX", index, offset: 0, count, arguments)
  }

  /// The shard that a variable counts, from 1 with an `offset` of 0, from 0 with one of 1.
  private static func variable(
    _ name: String, _ text: String, offset: Int, _ count: Int, _ arguments: ParsedArguments
  ) throws(ArgumentError) -> Shard {
    guard let number = number(text), let shard = Shard(number: number + offset, of: count) else {
      throw ArgumentError(
        command: arguments.command.name,
        .invalidValue(text, of: name, expected: .wholeNumber((1 - offset)...(count - offset))))
    }
    return shard
  }

  private static func number(_ text: String) -> Int? {
    text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
  }
}
