// swift-tools-version: 6.2
import PackageDescription

/// The programs carry Swift's standard library: they start in milliseconds, spend a tenth less on calls into it,
/// and run where no toolchain is. Not where they are debugged, because tests link them too.
let staticStandardLibrary: [LinkerSetting] = [
  .unsafeFlags(["-static-stdlib"], .when(configuration: .release))
]

// The layers, from the top down; an arrow goes down only. Names without a prefix are a toolbox that knows no
// customer, names with `Folio` are the product. RepositoryTests compare every import with what stands here.
let package = Package(
  name: "Folio",
  targets: [
    // 7: what measures the program
    .executableTarget(
      name: "folio-bench",
      dependencies: [
        "FolioBilling", "FolioCommands", "FolioInvoicing", "FolioStore", "FolioWebhooks", "HTTPServing",
        "Hashing", "JSON", "Markup", "OperatingSystem", "Templating", "folio",
      ],
      linkerSettings: staticStandardLibrary),

    // 6: the program
    .executableTarget(
      name: "folio", dependencies: ["FolioCommands", "OperatingSystem"],
      linkerSettings: staticStandardLibrary),

    // 5: what people type
    .target(
      name: "FolioCommands",
      dependencies: [
        "FolioAccounts", "FolioBilling", "FolioInvoicing", "FolioPortal", "FolioRating", "FolioSite",
        "FolioStore", "FolioWebhooks", "HTTPServing", "JSON", "Markdown", "OperatingSystem", "Publishing",
        "SQLite", "Templating",
      ]),

    // 4: a store becomes a site
    .target(
      name: "FolioSite",
      dependencies: [
        "FolioBilling", "FolioPortal", "FolioStore", "Hashing", "JSON", "OperatingSystem", "Publishing",
        "SQLite",
        "Templating",
      ]),

    // 3: facts shown, made into documents, and received
    .target(
      name: "FolioPortal",
      dependencies: [
        "FolioAccounts", "FolioBilling", "FolioRating", "FolioAnalytics", "Charting", "Markdown", "Markup",
        "Templating", "JSON", "Hashing",
      ]),

    .target(
      name: "FolioInvoicing",
      dependencies: ["FolioAccounts", "FolioBilling", "FolioRating", "FolioStore", "Hashing", "JSON"]),

    .target(
      name: "FolioWebhooks",
      dependencies: [
        "FolioBilling", "FolioStore", "HTTPServing", "Hashing", "JSON", "OperatingSystem", "SQLite",
      ]),

    // 2: what a customer's facts come to, and where they are kept
    .target(name: "FolioAccounts", dependencies: ["FolioBilling", "FolioRating", "FolioAnalytics"]),
    .target(
      name: "FolioStore", dependencies: ["FolioBilling", "SQLite", "JSON", "Hashing", "OperatingSystem"]),
    .target(name: "Publishing", dependencies: ["Hashing", "OperatingSystem", "SQLite"]),

    // 1
    .target(name: "FolioRating", dependencies: ["FolioBilling"]),
    .target(name: "FolioAnalytics", dependencies: ["FolioBilling"]),
    .target(name: "Charting", dependencies: ["Markup"]),
    .target(name: "Templating", dependencies: ["Markup"]),
    .target(name: "JSON", dependencies: ["Markup"]),
    .target(name: "SQLite", dependencies: ["CSQLite", "OperatingSystem"]),
    .target(name: "Markdown", dependencies: ["CCmarkGFM"]),
    .target(name: "HTTPServing", dependencies: ["OperatingSystem"]),

    // 0: what depends on nothing, or on C alone
    .target(name: "FolioBilling"),
    .target(name: "Markup"),
    .target(name: "Hashing", dependencies: ["CProcessor"]),
    .target(name: "OperatingSystem", dependencies: ["CLinux"]),
    .systemLibrary(name: "CLinux"),
    .systemLibrary(name: "CProcessor"),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(
      name: "CCmarkGFM", providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),

    // Tests
    .target(name: "FolioTestSupport", path: "Tests/FolioTestSupport"),
    .testTarget(name: "RepositoryTests", dependencies: ["FolioTestSupport"]),
    .testTarget(
      name: "FolioEndToEndTests",
      dependencies: [
        "FolioBilling", "FolioStore", "FolioTestSupport", "FolioWebhooks", "JSON", "SQLite", "folio",
      ],
      exclude: ["Goldens", "Judges"]),
    .testTarget(
      name: "FolioCommandsTests",
      dependencies: ["FolioCommands", "FolioBilling", "FolioSite", "FolioWebhooks"]),
    .testTarget(
      name: "FolioSiteTests",
      dependencies: ["FolioSite", "FolioBilling", "FolioStore", "FolioTestSupport", "JSON", "Publishing"]),
    .testTarget(name: "PublishingTests", dependencies: ["Publishing", "OperatingSystem", "SQLite"]),
    .testTarget(
      name: "FolioStoreTests",
      dependencies: ["FolioStore", "FolioBilling", "FolioTestSupport", "SQLite", "JSON", "Hashing"]),
    .testTarget(
      name: "FolioPortalTests",
      dependencies: [
        "FolioPortal", "FolioAccounts", "FolioBilling", "FolioRating", "FolioTestSupport", "Markup",
        "Templating",
        "JSON",
        "Hashing",
      ]),
    .testTarget(
      name: "FolioAccountsTests",
      dependencies: ["FolioAccounts", "FolioBilling", "FolioRating", "FolioTestSupport"]),
    .testTarget(
      name: "FolioInvoicingTests",
      dependencies: [
        "FolioInvoicing", "FolioBilling", "FolioRating", "FolioStore", "FolioTestSupport", "JSON",
      ]),
    .testTarget(
      name: "FolioWebhooksTests",
      dependencies: [
        "FolioWebhooks", "FolioBilling", "FolioStore", "FolioTestSupport", "HTTPServing", "OperatingSystem",
        "SQLite",
      ]),
    .testTarget(name: "FolioRatingTests", dependencies: ["FolioBilling", "FolioRating", "FolioTestSupport"]),
    .testTarget(name: "FolioAnalyticsTests", dependencies: ["FolioBilling", "FolioAnalytics"]),
    .testTarget(name: "FolioBillingTests", dependencies: ["FolioBilling", "FolioTestSupport"]),
    .testTarget(
      name: "ChartingTests", dependencies: ["Charting", "FolioTestSupport", "Markup"], exclude: ["Goldens"]),
    .testTarget(name: "TemplatingTests", dependencies: ["Templating", "Markup", "FolioTestSupport"]),
    .testTarget(name: "MarkdownTests", dependencies: ["Markdown"]),
    .testTarget(name: "SQLiteTests", dependencies: ["SQLite", "OperatingSystem"]),
    .testTarget(
      name: "HTTPServingTests", dependencies: ["HTTPServing", "OperatingSystem", "FolioTestSupport"]),
    .testTarget(name: "OperatingSystemTests", dependencies: ["OperatingSystem"]),
    .testTarget(name: "MarkupTests", dependencies: ["Markup"]),
    .testTarget(name: "JSONTests", dependencies: ["JSON", "Markup", "FolioTestSupport"]),
    .testTarget(name: "HashingTests", dependencies: ["Hashing"]),
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

// Releases look into these modules: small functions are inlined where other modules call them, and generic ones made
// for the callers' types. For `package` functions the compiler does so only in modules that could be resilient, and
// only where all that a type holds is of modules that its users import.
let seenThrough: Set = [
  "Charting", "FolioAnalytics", "FolioBilling", "FolioRating", "JSON", "Markup", "Templating",
]
for target in package.targets where seenThrough.contains(target.name) {
  let seen = SwiftSetting.unsafeFlags(
    [
      "-enable-library-evolution", "-Xfrontend", "-allow-non-resilient-access", "-Xfrontend", "-package-cmo",
      "-no-emit-module-separately-wmo",
    ], .when(configuration: .release))
  target.swiftSettings = (target.swiftSettings ?? []) + [seen]
}
