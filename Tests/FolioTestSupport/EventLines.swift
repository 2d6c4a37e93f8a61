/// Lines of billing events as their senders write them; ids follow from what they say, unless they are given.
package enum EventLines {
  package static func event(
    _ type: String, _ id: String, at time: String, of customer: String?, _ data: String
  ) -> String {
    let owner = customer.map { #","customer_id":"\#($0)""# } ?? ""
    return #"{"id":"\#(id)","type":"billing.\#(type)","timestamp":"\#(time)"\#(owner),"data":{\#(data)}}"#
  }

  /// Rule R's plan, 299.00 and 0.05 a message unless told otherwise.
  package static func plan(
    _ id: String = "plan_a", base: String = "299", rate: String = "0.05", currency: String = "usd",
    recordedAt: String = "2023-01-01T00:00:00Z"
  ) -> String {
    event(
      "plan.defined", "e_\(id)_\(recordedAt.prefix(10))", at: recordedAt, of: nil,
      #""plan_id":"\#(id)","name":"Plan \#(id)","effective_at":"2023-01-01T00:00:00Z","#
        + #""model":"base_plus_usage","currency":"\#(currency)","base_fee":\#(base),"message_rate":\#(rate)"#)
  }

  /// `more` are further members, each with a comma before it.
  package static func customer(
    _ id: String, currency: String = "usd", at time: String = "2023-06-01T00:00:00Z", more: String = ""
  ) -> String {
    event(
      "customer.updated", "e_\(id)_\(time.prefix(10))", at: time, of: id,
      #""name":"Name of \#(id)","currency":"\#(currency)"\#(more)"#)
  }

  package static func subscription(
    of customer: String, plan: String = "plan_a", from start: String = "2024-01-01T00:00:00Z"
  ) -> String {
    event(
      "subscription.created", "e_\(customer)_sub", at: start, of: customer,
      #""subscription_id":"sub_a","plan_id":"\#(plan)","started_at":"\#(start)""#)
  }

  package static func planChange(of customer: String, to plan: String, at time: String) -> String {
    event(
      "subscription.updated", "e_\(customer)_to_\(plan)", at: time, of: customer,
      #""subscription_id":"sub_a","plan_id":"\#(plan)","effective_at":"\#(time)","prorate":true"#)
  }

  package static func partner(
    of customer: String, _ partner: String, named name: String, at time: String = "2023-06-01T00:00:00Z"
  ) -> String {
    event(
      "partner.updated", "e_\(customer)_\(partner)_\(time.prefix(10))", at: time, of: customer,
      #""partner_id":"\#(partner)","name":"\#(name)""#)
  }

  /// One reading in the hour, which replaces what an earlier one said of it.
  package static func usage(
    of customer: String, _ messages: Int, in hour: String, partner: String = "prt_a",
    receivedAt: String? = nil
  ) -> String {
    event(
      "usage.recorded",
      "e_\(customer)_\(partner)_\(hour.prefix(13))_\(receivedAt?.prefix(13) ?? "")"
        .replacing(":", with: "-"), at: receivedAt ?? hour, of: customer,
      #""readings":[{"partner_id":"\#(partner)","hour":"\#(hour)","direction":"inbound","#
        + #""messages":\#(messages),"failed":0,"bytes":1000}]"#)
  }

  package static func watermark(of customer: String, through instant: String) -> String {
    event(
      "usage.watermark", "e_\(customer)_through_\(instant.prefix(10))", at: instant, of: customer,
      #""complete_through":"\#(instant)""#)
  }

  /// A customer with a subscription to plan_a since January 2024, 8,420 messages in it, and usage complete
  /// through its end.
  package static func january(_ customer: String, messages: Int = 8_420, more: String = "") -> [String] {
    [
      EventLines.customer(customer, more: more), subscription(of: customer),
      usage(of: customer, messages, in: "2024-01-15T11:00:00Z"),
      watermark(of: customer, through: "2024-02-01T00:00:00Z"),
    ]
  }
}
