import FolioTestSupport
import Foundation
import JSON
import Testing

/// The documentation's examples, indented again: the text of the documentation has lost its white space.
private enum Example {
  static let javaScript = """
    async function checkDailyUsage(apiKey) {
      const response = await fetch('https://api.as2aas.com/v1/billing/usage/current', {
        headers: {
          'Authorization': `Bearer ${apiKey}`
        }
      });
      const usage = await response.json();
      if (usage.usage_to_date.estimated_charges > DAILY_BUDGET_LIMIT) {
        await sendBudgetAlert(usage);
      }
      return usage;
    }
    """

  static let allocation = """
    def allocate_costs_by_department(usage_data):
        \"\"\"Allocate AS2 costs to departments based on partner usage\"\"\"
        department_mapping = {
            'prt_supplier_001': 'Procurement',
            'prt_supplier_002': 'Procurement',
            'prt_customer_001': 'Sales',
            'prt_customer_002': 'Sales'
        }
        allocation = {}
        for partner_usage in usage_data['partner_breakdown']:
            partner_id = partner_usage['partner_id']
            department = department_mapping.get(partner_id, 'Unallocated')
            if department not in allocation:
                allocation[department] = {
                    'message_count': 0,
                    'cost': 0.0
                }
            allocation[department]['message_count'] += partner_usage['message_count']
            allocation[department]['cost'] += partner_usage['message_count'] * 0.05
        return allocation
    """

  static let erp = """
    class ERPBillingIntegration:
        def __init__(self, as2_api_key, erp_config):
            self.as2_client = AS2Client(as2_api_key)
            self.erp_config = erp_config
        def sync_monthly_billing(self, year, month):
            \"\"\"Sync AS2 billing data with ERP system\"\"\"
            # Get AS2 usage data
            usage_data = self.as2_client.get_monthly_usage(year, month)
            # Transform for ERP format
            erp_entries = self.transform_usage_for_erp(usage_data)
            # Post to ERP system
            for entry in erp_entries:
                self.post_to_erp(entry)
        def transform_usage_for_erp(self, usage_data):
            \"\"\"Transform AS2 usage data to ERP journal entries\"\"\"
            entries = []
            for partner_usage in usage_data['partner_breakdown']:
                entries.append({
                    'account': '6100-AS2-MESSAGING',
                    'department': self.get_partner_department(partner_usage['partner_id']),
                    'amount': partner_usage['cost'],
                    'description': f"AS2 messaging - {partner_usage['partner_name']}",
                    'reference': f"AS2-{usage_data['period']['start'][:7]}"
                })
            return entries
    """

  /// The lines of a code without the white space at their start.
  static func lines(_ code: String) -> [String] {
    code.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
  }
}

/// A month of S2's partners at 0.05: 8,500 messages of Procurement's, 6,920 of Sales'.
private let events = """
  {"id":"e1","type":"billing.customer.updated","timestamp":"2024-01-01T00:00:00Z","customer_id":"cus_s2","data":{"name":"S2","currency":"usd"}}
  {"id":"e2","type":"billing.plan.defined","timestamp":"2024-01-01T00:00:00Z","data":{"plan_id":"plan_s2","name":"Enterprise Plan","model":"base_plus_usage","currency":"usd","base_fee":299.00,"message_rate":0.05}}
  {"id":"e3","type":"billing.subscription.created","timestamp":"2024-01-01T00:00:00Z","customer_id":"cus_s2","data":{"subscription_id":"sub_s2","plan_id":"plan_s2","started_at":"2024-01-01T00:00:00Z"}}
  {"id":"e4","type":"billing.partner.updated","timestamp":"2024-01-01T00:00:00Z","customer_id":"cus_s2","data":{"partner_id":"prt_supplier_001","name":"Supplier One"}}

  """
private let usage = """
  customer_id,partner_id,timestamp,direction,messages,failed,bytes
  cus_s2,prt_supplier_001,2024-01-10T09:00:00Z,inbound,5000,0,0
  cus_s2,prt_supplier_002,2024-01-11T09:00:00Z,inbound,3500,0,0
  cus_s2,prt_customer_001,2024-01-12T09:00:00Z,outbound,6000,0,0
  cus_s2,prt_customer_002,2024-01-31T23:00:00Z,outbound,920,0,0

  """

@Suite struct DocumentationExampleTests {
  private let folder: TemporaryFolder
  private let portal: String

  init() throws {
    folder = try TemporaryFolder()
    let files = [try folder.write(events, to: "events.ndjson"), try folder.write(usage, to: "usage.csv")]
    let store = folder.path("billing.db")
    let imported = try folio(["import", "--store", store] + files)
    try #require(imported.status == 0, "\(imported.words)")
    let built = try folio(
      "build", "--store", store, "--out", folder.path("site"), "--as-of", "2024-02-01T00:00:00Z")
    try #require(built.status == 0, "\(built.words)")
    portal = folder.path("site/cus_s2")
  }

  @Test(.enabled(if: Repository.hasShared, Comment(rawValue: Repository.sharedIsMissing)))
  func `the examples are the documentation's own lines`() throws {
    let text = try String(
      contentsOf: Repository.shared.appendingPathComponent("spec/billing-and-usage-api.txt"), encoding: .utf8)
    let documented = text.components(separatedBy: "\n")
    for code in [Example.javaScript, Example.allocation, Example.erp] {
      let lines = Example.lines(code)
      let start = try #require(documented.firstIndex(of: lines[0]))
      #expect(Array(documented[start..<start + lines.count]) == lines)
    }
  }

  @Test(.enabled(if: Programs.installed("node") != nil || judgesAreRequired, "node is not installed"))
  func `the JavaScript example reads the current usage feed`() throws {
    let script = try folder.write(
      """
      const fs = require('fs');
      const DAILY_BUDGET_LIMIT = 1;
      const alerts = [];
      async function sendBudgetAlert(usage) { alerts.push(usage.usage_to_date.estimated_charges); }
      const fetch = async () => ({ json: async () => JSON.parse(fs.readFileSync(process.argv[2], 'utf8')) });
      \(Example.javaScript)
      checkDailyUsage('pk').then(usage => console.log(alerts[0], usage.current_period.start));
      """, to: "example.cjs")
    let node = try #require(Programs.installed("node"))
    let run = try Programs.run(node, [script, portal + "/feeds/usage/current.json"])
    #expect(run.output == "299 2024-02-01T00:00:00Z\n", "\(run.words)")
  }

  @Test(.enabled(if: python(with: "json") != nil || judgesAreRequired, "python3 is not installed"))
  func `the Python examples read the month's usage feed`() throws {
    let script = try folder.write(
      """
      import json, sys
      feed = sys.argv[1]
      class AS2Client:
          def __init__(self, key): pass
          def get_monthly_usage(self, year, month): return json.load(open(feed % (year, month)))
      \(Example.allocation)
      \(Example.erp)
      class ERP(ERPBillingIntegration):
          posted = []
          def get_partner_department(self, partner): return partner
          def post_to_erp(self, entry): self.posted.append(entry)
      erp = ERP('pk', {})
      erp.sync_monthly_billing(2024, 1)
      allocation = allocate_costs_by_department(json.load(open(feed % (2024, 1))))
      for name in sorted(allocation):
          print(name, allocation[name]['message_count'], round(allocation[name]['cost'], 2))
      for entry in erp.posted:
          print(entry['department'], entry['amount'], entry['description'], entry['reference'])
      """, to: "example.py")
    let interpreter = try #require(python(with: "json"))
    let run = try Programs.run(interpreter, [script, portal + "/feeds/usage/%04d-%02d.json"])
    #expect(
      run.output == """
        Procurement 8500 425.0
        Sales 6920 346.0
        prt_customer_001 300.0 AS2 messaging - None AS2-2024-01
        prt_supplier_001 250.0 AS2 messaging - Supplier One AS2-2024-01
        prt_supplier_002 175.0 AS2 messaging - None AS2-2024-01
        prt_customer_002 46.0 AS2 messaging - None AS2-2024-01

        """, "\(run.words)")
  }
}
