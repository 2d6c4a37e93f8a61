import FolioAccounts
import FolioBilling
import FolioInvoicing
import FolioPortal
import FolioRating
import FolioSite
import FolioStore
import FolioWebhooks
import JSON
import Markdown
import OperatingSystem
import Publishing
import SQLite
import Templating

extension ErrorPresentation {
  /// What to say of any error: what failed, where, why, and what to do next; one paragraph without a line feed at
  /// its end.
  package static func text(for error: any Error) -> String {
    switch error {
    case let error as SystemError: text(for: error)
    case let error as SQLiteError: text(for: error)
    case let error as MigrationError: text(for: error)
    case let error as FileLockError: text(for: error)
    case let error as StoredValueError:
      "The store holds a value in \(error.column) that folio did not write. Restore the store from a backup, or mend "
        + "the cell."
    case let error as FieldError: text(for: error)
    case let error as SiteConfigurationError: text(for: error)
    case let error as SiteKeyError: text(for: error)
    case let error as ResourceError: text(for: error)
    case let error as PublishingError: text(for: error)
    case let error as BuildError: text(for: error)
    case let error as TemplateSyntaxError: text(for: error)
    case let error as TemplateRenderError: text(for: error)
    case let error as RatingError: text(for: error)
    case let error as MarkdownError: text(for: error)
    case let error as MessageError: text(for: error)
    case .notARegularFile(let path) as ImportError:
      "\(quoted(path)) is a folder or a pipe. Save the data to a file and import that."
    case let error as LineReaderError: text(for: error)
    case let error as AccountError: text(for: error)
    case let error as PortalError: text(for: error)
    case let error as DemoError: text(for: error)
    case let error as InvoicingError: text(for: error)
    case let error as WebhookSecretsError: text(for: error)
    case let error as SendError: text(for: error)
    case let error as PostError: text(for: error)
    case let error as DecimalError: text(for: error)
    case is ArithmeticOverflow:
      "A sum does not fit 64 bits. Look for an amount or a count that cannot be right."
    default: "Unexpected: \(printable(String(describing: error), mostScalars: 400))"
    }
  }

  static func text(for error: SystemError) -> String {
    let place = error.path.map { " " + quoted($0) } ?? ""
    let advice = error.name == "ENOSPC" ? " The disk is full: free some space and try again." : ""
    return "\(error.operation)\(place): \(error.reason).\(advice)"
  }

  static func text(for error: LineReaderError) -> String {
    switch error {
    case .lineTooLong(let path, let line, let limit):
      "\(path):\(line): The line has more than \(grouped(limit)) bytes."
    case .system(let error): text(for: error)
    }
  }

  static func text(for error: FileLockError) -> String {
    switch error {
    case .busy(let path, let waited):
      "Another writer has held \(quoted(path)) for \(waited.components.seconds) s. Wait for it to end, then try again."
    case .system(let error): text(for: error)
    }
  }

  static func text(for error: SQLiteError) -> String {
    let path = error.failure?.path.map { " " + quoted($0) } ?? ""
    if error.isMissingFile { return "There is no store at\(path). 'folio import --store FILE' makes one." }
    if error.isNotADatabase { return "The file\(path) is not a billing store." }
    if error.isCorrupt { return "The store\(path) is damaged. Restore it from a backup." }
    if error.isFull {
      return "The disk is full; the store\(path) is as it was. Free some space and try again."
    }
    if error.isBusy { return "The store\(path) is busy. Try again." }
    if error.isReadOnly || error.isCantOpen {
      return
        "The store\(path) cannot be opened for this: \(error.failure?.message ?? ""). Even a reader writes the -shm file "
        + "beside it: check the rights of the folder, or read a copy made with VACUUM INTO."
    }
    return storeDetail(error, path)
  }

  private static func storeDetail(_ error: SQLiteError, _ path: String) -> String {
    switch error {
    case .failed(let failure):
      "The store\(path) failed to \(failure.operation.rawValue): \(failure.message) (SQLite \(failure.extendedCode))."
    case .columnType(let column, let wanted, let found):
      "The store holds \(found.rawValue) where \(column) must be \(wanted.rawValue). Restore it from a backup."
    case .invalidText(let column):
      "The store holds text in \(column) that is not UTF-8. Restore it from a backup."
    case .pragmaNotInForce(let name, let wanted, let found):
      "SQLite did not take \(name) = \(wanted); it stays \(found). Use an SQLite that does."
    case .fileNotCreated(let system): "The store could not be made: " + text(for: system)
    }
  }

  static func text(for error: MigrationError) -> String {
    switch error {
    case .storeIsNewer(let found, let supported):
      "The store has schema \(found); this version of folio knows up to \(supported). Use a newer folio."
    case .storeIsOlder(let found, let needed):
      "The store has schema \(found) and needs \(needed): import into it once with this version of folio."
    case .foreignApplication(let found):
      "The database belongs to another application (application_id \(found)); it is not a billing store."
    case .notAStore: "The database is not a billing store."
    }
  }

  static func text(for error: ResourceError) -> String {
    switch error {
    case .notFound(let tried):
      "The folders 'site-templates' and 'assets' were not found. Looked in: "
        + tried.map(quoted).joined(separator: ", ")
        + ". Name their folder with --resources or FOLIO_RESOURCES."
    case .noWords(let language):
      "There are no words for the language \(quoted(language)). Take it out of 'languages', or add the folder "
        + "templates/messages/\(language)."
    }
  }

  static func text(for error: PublishingError) -> String {
    switch error {
    case .notReplaceable(let path): "\(quoted(path)) cannot be replaced by a site. Name a folder of its own."
    case .notADirectory(let path):
      "\(quoted(path)) is no folder, or a link to one. Remove it, or name another output."
    case .foreignContent(let path):
      "The folder \(quoted(path)) holds files that folio did not write; it stays as it is. Name an empty one."
    case .insideAnotherSite(let output, let site):
      "\(quoted(output)) lies inside the site \(quoted(site)). Name a folder outside."
    case .untrustedState(let path):
      "\(quoted(path)) belongs to somebody else, or others can write to it. Remove it, or name another output."
    case .stateInsideSite(let path):
      "The state \(quoted(path)) would lie in the site, where visitors read it. Name another folder with --state."
    case .stateOnOtherFileSystem(let state, let output):
      "The state \(quoted(state)) and the site \(quoted(output)) lie on two file systems, so that no portal can take its "
        + "place in one step. Where the site is a mount point, publish to a folder inside it; or name a state on the "
        + "site's file system with --state."
    case .noState(let path):
      "Nothing is known of what was published: there is no state in \(quoted(path)). Name it with --state, or build once."
    case .anotherPublisher(let lock):
      "Another build is at work (it holds \(quoted(lock))). Wait for it to end."
    }
  }

  static func text(for error: BuildError) -> String {
    switch error {
    case .unknownCustomer(let id): "The store knows no customer \(quoted(id.text))."
    case .portalUnderOtherName(let id):
      "The portal of \(id.text) has another name than today's site key gives it, as all portals have. Build all "
        + "customers, or use the key of then."
    case .portalNamesCollide(let one, let other):
      "The portals of \(one.text) and \(other.text) would share a folder where letter case does not count. Use a "
        + "site key ('folio init')."
    case .portalNameReserved(let id):
      "The portal of \(id.text) would take the name of a shared folder. Use a site key ('folio init')."
    case .storeRewound(let customers):
      "The store knows less than what is published, as a restored backup does. Nothing was changed. Bring the events "
        + "since then into the store, or publish it as it is with --allow-rewind. Customers: "
        + customers.prefix(20).map { printable($0, mostScalars: 64) }.joined(separator: ", ")
        + (customers.count > 20 ? " and \(grouped(customers.count - 20)) more." : ".")
    case .portalsFailed(let failed):
      "Nothing was published: "
        + failed.prefix(10).map { "\($0.customer.text): \(text(for: $0.reason))" }
        .joined(separator: " ") + (failed.count > 10 ? " And \(failed.count - 10) more." : "")
    }
  }

  static func text(for error: RatingError) -> String {
    switch error {
    case .unknownPlan(let id): "The plan \(id.text) is not defined. Import its billing.plan.defined event."
    case .otherCurrency(let plan, let expected, let found):
      "The plan \(plan.text) has prices in \(found.code) where \(expected.code) is charged. One month has one currency: "
        + "correct the plan's or the customer's."
    case .unusableTiers(let plan):
      "The tiers of plan \(plan.text) are not in order, or the last one has an end."
    case .taxBasisChange(let plan):
      "The plan \(plan.text) changes within a month whether its prices include tax. Let it change with a month."
    case .overflow: "A charge does not fit 64 bits. Look for a price or a count that cannot be right."
    }
  }

  static func text(for error: MarkdownError) -> String {
    switch error {
    case .tooLong(let bytes, let limit): "A text has \(bytes) bytes of Markdown; at most \(limit) are taken."
    case .missingExtension(let name):
      "cmark-gfm lacks its extension '\(name)'. Install libcmark-gfm-extensions."
    case .libraryFailure: "cmark-gfm could not make its output. Try again with more memory."
    }
  }
}

extension ErrorPresentation {
  static func text(for error: PortalError) -> String {
    switch error {
    case .unknownTemplate(let name):
      "There is no template \(quoted(name)). Restore it under site-templates/default."
    case .sumsDisagree(let path, let fault):
      "The figures of \(path) do not add up (\(printable(String(describing: fault), mostScalars: 80))), so nothing was "
        + "published. This is a fault of folio or of the store: check it with 'folio doctor', and report it."
    case .invoiceNamesCollide(let one, let other):
      "The invoices \(one.text) and \(other.text) would share a file where letter case does not count."
    case .reportNamesCollide(let one, let other):
      "The reports \(one.text) and \(other.text) would share a file where letter case does not count."
    }
  }

  static func text(for error: AccountError) -> String {
    switch error {
    case .sumsDisagree(let month, let fault):
      "The figures of \(month.text) do not add up (\(printable(String(describing: fault), mostScalars: 80))), so nothing "
        + "was made of them. This is a fault of folio or of the store: check it with 'folio doctor', and report it."
    case .tooManyMonths(let count, let limit):
      "The facts span \(grouped(count)) months, and an account covers at most \(grouped(limit)). Look for a date that "
        + "cannot be right."
    }
  }
}
