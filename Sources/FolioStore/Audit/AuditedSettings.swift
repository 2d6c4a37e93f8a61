import FolioBilling

extension BudgetSet {
  func audited(in state: inout AuditState, _ key: EventKey) -> AuditDraft? {
    let data = AuditData([
      (.name, .text(name)), (.amount, state.amount(amount)), (.period, .code(period.rawValue)),
      (.alertThresholds, .percents(alertThresholds)), (.hardLimit, .flag(hasHardLimit)),
    ])
    return state.replace(.budget(budgetID), name: name, by: data)
  }
}

extension AlertSet {
  func audited(in state: inout AuditState, _ key: EventKey) -> AuditDraft? {
    let data = AuditData([
      (.type, .code(type)), (.threshold, state.amount(threshold)),
      (.notificationEmail, .text(notificationEmail)), (.webhookURL, .address(webhookURL)),
    ])
    return state.replace(.alert(alertID), by: data)
  }
}

extension AlertOccurred {
  /// An alert that goes off changes no state: all of it is details.
  func audited(in state: inout AuditState, _ key: EventKey) -> AuditDraft? {
    let isBudget = type == .budgetAlert
    let details = AuditData([
      (.thresholdPercentage, thresholdPercentage.map { .percent($0) }),
      (.thresholdType, isBudget ? nil : .code(subject)), (.limit, state.amount(limit)),
      (.currentUsage, state.amount(currentUsage)), (.period, .month(month)),
      (.periodRemainingDays, .count(periodRemainingDays)),
    ])
    return AuditDraft(.occurrence, name: isBudget ? subject : nil, details: details)
  }
}

extension ReportDefined {
  func audited(in state: inout AuditState, _ key: EventKey) -> AuditDraft? {
    let data = AuditData([
      (.reportType, .code(report.reportType)), (.start, .date(report.start)), (.end, .date(report.end)),
      (.groupBy, .texts(report.groupBy)), (.includeMetrics, .texts(report.includeMetrics)),
    ])
    return state.replace(.report(report.id), by: data)
  }
}

extension NoticePosted {
  func audited(in state: inout AuditState, _ key: EventKey) throws -> AuditDraft? {
    let data = AuditData([
      (.body, .text(body)), (.from, .instant(try from ?? storedInstant(key.time))),
      (.until, .instant(until)),
    ])
    return state.replace(.notice(noticeID), by: data)
  }
}

extension UsageStated {
  func audited(in state: inout AuditState, _ key: EventKey) -> AuditDraft? {
    let data = AuditData([
      (.messages, .count(usage.messages)), (.inboundMessages, .count(usage.inboundMessages)),
      (.outboundMessages, .count(usage.outboundMessages)), (.totalPartners, .count(usage.totalPartners)),
      (.activePartners, .count(usage.activePartners)), (.totalPayloadSize, .bytes(usage.bytes)),
    ])
    return state.replace(.statedUsage(usage.month), by: data)
  }
}

extension UsageRecorded {
  /// Reports of usage have a trail of their own.
  func audited(in state: inout AuditState, _ key: EventKey) -> AuditDraft? { nil }
}

extension UsageWatermark {
  /// Reports of usage have a trail of their own.
  func audited(in state: inout AuditState, _ key: EventKey) -> AuditDraft? { nil }
}
