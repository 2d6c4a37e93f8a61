import FolioBilling

extension CustomerUpdated {
  func audited(in state: inout AuditState, _ key: EventKey) -> AuditDraft? {
    state.currency = customer.currency
    let data = AuditData([
      (.name, .text(customer.name)), (.currency, .code(customer.currency.code)),
      (.addressLines, .texts(customer.addressLines)), (.country, .text(customer.country)),
      (.taxIDs, .texts(customer.taxIDs.map { $0.type + " " + $0.value })),
      (.taxCategory, .code(customer.tax?.category.rawValue)), (.taxRate, .rate(customer.tax?.rate)),
      (.taxReason, .text(customer.tax?.reason)), (.purchaseOrder, .text(customer.purchaseOrder)),
      (.email, .text(customer.email)), (.language, .text(customer.language)),
    ])
    return state.replace(.customer, name: customer.name, by: data)
  }
}

extension CustomerDeleted {
  func audited(in state: inout AuditState, _ key: EventKey) -> AuditDraft? {
    let known = state.data(of: .customer) ?? AuditData()
    return state.replace(.customer, by: known.deleted)
  }
}

extension AuditData {
  /// The same with the mark of a deletion.
  fileprivate var deleted: AuditData {
    self[.isDeleted] == nil ? self + AuditData([(.isDeleted, .flag(true))]) : self
  }
}

extension PaymentMethodAdded {
  func audited(in state: inout AuditState, _ key: EventKey) -> AuditDraft? {
    let subject = AuditSubject.paymentMethod(method.id)
    let (known, choice) = (state.data(of: subject), state.defaultChoice)
    // At most brand and last four digits of a card, so no expiry.
    let data = AuditData([
      (.type, .code(method.type)), (.brand, .text(method.brand)), (.last4, .text(method.last4)),
    ])
    _ = state.replace(subject, by: data)
    if isDefault { state.chooseMethod(method.id) }
    return AuditDraft(
      subject, name: data.methodName, isFirst: known == nil, from: (known ?? AuditData()) + choice,
      to: data + state.defaultChoice)
  }
}

extension PaymentMethodDefaultChanged {
  func audited(in state: inout AuditState, _ key: EventKey) -> AuditDraft? {
    let subject = AuditSubject.paymentMethod(methodID)
    let choice = state.defaultChoice
    state.chooseMethod(methodID)
    return AuditDraft(
      subject, name: state.data(of: subject)?.methodName, from: choice, to: state.defaultChoice)
  }
}

extension AuditState {
  fileprivate var defaultChoice: AuditData { AuditData([(.defaultPaymentMethod, defaultMethod)]) }

  fileprivate mutating func chooseMethod(_ id: PaymentMethodID) {
    defaultMethod = .reference(id: id.text, name: data(of: .paymentMethod(id))?.methodName)
  }
}

extension AuditData {
  /// What tells one payment method from another without its id: `visa 4242`; nil where nothing does.
  fileprivate var methodName: String? {
    let parts = [self[.brand], self[.last4]].compactMap { value in
      if case .text(let text)? = value { text } else { nil }
    }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }
}

/// What is known of a partner.
struct AuditedPartner {
  fileprivate var data = AuditData()
  fileprivate var tags: [CalendarDate: String?] = [:]
  fileprivate var isDeleted = false

  /// The partner's fields, with the department of a day.
  fileprivate func data(on day: CalendarDate) -> AuditData {
    let tag = tags.filter { $0.key <= day }.max { $0.key < $1.key }
    return data
      + AuditData([(.department, .text(tag?.value)), (.isDeleted, isDeleted ? .flag(true) : nil)])
  }

  fileprivate var name: String? {
    if case .text(let name)? = data[.name] { name } else { nil }
  }
}

extension PartnerUpdated {
  func audited(in state: inout AuditState, _ key: EventKey) throws -> AuditDraft? {
    let day = try tag?.from ?? storedInstant(key.time).date
    let known = state.partners[partnerID]
    var partner = known ?? AuditedPartner()
    partner.data = AuditData([(.name, .text(name)), (.gln, .text(gln))])
    if let tag { partner.tags[tag.from] = .some(tag.department) }
    state.partners[partnerID] = partner
    return AuditDraft(
      .partner(partnerID), name: name, isFirst: known == nil, from: known?.data(on: day) ?? AuditData(),
      to: partner.data(on: day), details: AuditData([(.departmentFrom, .date(tag?.from))]))
  }
}

extension PartnerDeleted {
  func audited(in state: inout AuditState, _ key: EventKey) throws -> AuditDraft? {
    let day = try storedInstant(key.time).date
    let known = state.partners[partnerID]
    var partner = known ?? AuditedPartner()
    partner.isDeleted = true
    state.partners[partnerID] = partner
    return AuditDraft(
      .partner(partnerID), name: partner.name, isFirst: known == nil,
      from: known?.data(on: day) ?? AuditData(), to: partner.data(on: day))
  }
}
