/// A value that is derived when somebody first asks for it, and kept: copies of its owner share it.
///
/// For one thread, as the account that owns it.
final class Once<Value> {
  private var value: Value?

  /// The value, made by `derive` where it is not there; an error keeps nothing.
  func callAsFunction(_ derive: () throws -> Value) rethrows -> Value {
    if let value { return value }
    let derived = try derive()
    value = derived
    return derived
  }
}
