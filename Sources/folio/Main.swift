import FolioCommands
import OperatingSystem

/// The program's entry: everything is in FolioCommands.
@main
enum Main {
  static func main() {
    CurrentProcess.exit(Program.main())
  }
}
