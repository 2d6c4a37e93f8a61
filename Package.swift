// swift-tools-version: 6.2
import PackageDescription

// The layers, from the top down; an arrow goes down only. Names without a prefix are a toolbox that knows no
// customer, names with `Folio` are the product. RepositoryTests compare every import with what stands here.
let package = Package(
  name: "Folio",
  targets: [
    // 2: the store
    .target(name: "FolioStore", dependencies: ["FolioBilling", "SQLite", "JSON", "Hashing", "OperatingSystem"]),

    // 1
    .target(name: "Templating", dependencies: ["Markup"]),
    .target(name: "SQLite", dependencies: ["CSQLite", "OperatingSystem"]),
    .target(name: "Markdown", dependencies: ["CCmarkGFM"]),

    // 0: what depends on nothing, or on C alone
    .target(name: "FolioBilling"),
    .target(name: "Markup"),
    .target(name: "JSON"),
    .target(name: "Hashing"),
    .target(name: "OperatingSystem", dependencies: ["CLinux"]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CCmarkGFM", providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),

    // Tests
  ],
  swiftLanguageModes: [.v6]
)

let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]
for target in package.targets where target.type != .system {
  target.swiftSettings = (target.swiftSettings ?? []) + settings
}
