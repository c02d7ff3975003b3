import pc from "picocolors";
import { complianceReport, type ComplianceReport } from "../../../cli/compliance/complianceReport";
import type { ComplianceData } from "../../../cli/compliance/controls";
import { evidenceOf } from "../../../cli/compliance/ruleEvidence";
import { type EvaluatedStack, scopeOf } from "../../../cli/compliance/scope";
import type { PolicyReport } from "../../../engine/policy/policyReport";
import { exemption } from "../support/policyReports";
import { declared, planOf, policyNamed } from "../support/planGraph";

/** 80 columns without colors. */
export const layout = { columns: 80, colors: pc.createColors(false) };

const requirement = (...ids: string[]) => ({ nist80053r5: ids });

/** A control with each status. */
export const data: ComplianceData = {
  sources: ["https://docs.aws.amazon.com/securityhub/latest/userguide/"],
  listsOf: "2026-09-23",
  checked: "2026-11-27",
  frameworks: {
    nist80053r5: { title: "NIST SP 800-53", version: "Revision 5" },
    cis: { title: "CIS", version: "5.0.0" },
    pci: { title: "PCI DSS", version: "4.0.1" },
    fsbp: { title: "FSBP", version: "1.0.0" },
  },
  controls: {
    "S3.1": {
      ...{ title: "Accounts block", requirements: requirement("AC-10") },
      ...{ rules: ["account"], account: true },
    },
    "S3.2": { title: "Keys rotate", requirements: requirement("AC-2"), rules: ["keys"] },
    "S3.5": {
      ...{ title: "Buckets require TLS", requirements: requirement("AC-2", "AC-10", "AC-17(2)") },
      ...{ rules: ["policy", "tls"], limits: ["Buckets only."] },
    },
    "S3.6": { title: "Owners are known", requirements: requirement("CA-7"), rules: ["owner"] },
    "S3.7": { title: "Legacy", requirements: requirement("CM-2"), rules: ["legacy"] },
    "S3.9": {
      ...{ title: "Streams keep records", requirements: requirement("AU-3", "AC-17(2)") },
      ...{ rules: ["retention"], when: [{ rule: "retention", setting: "hours", atLeast: 168 }] },
      partly: true,
    },
    "S3.11": { title: "Events are sent", requirements: requirement("AU-3"), rules: ["off"] },
    "S3.20": {
      ...{ title: "Trails are encrypted", requirements: requirement("SC-8", "AC-2") },
      notCovered: "No rule evaluates trails.",
    },
  },
};

export function stackOf(more: Partial<PolicyReport> = {}, name = "events"): EvaluatedStack {
  const { graph, report } = planOf({
    stack: "prod",
    resources: [
      declared("aws:s3/bucket:Bucket", { name }),
      declared("aws:s3/bucket:Bucket", { name: "old" }),
      declared("aws:kinesis/stream:Stream", { name }),
      declared("aws:kms/key:Key", { name: "shared", external: true }),
    ],
  });
  const [, bucket = "", old = "", stream = "", key = ""] = graph.resources.map(({ urn }) => urn);
  return {
    graph,
    report: {
      ...report,
      policies: [
        policyNamed("policy", { severity: "high" }),
        policyNamed("tls", { severity: "high", description: "TLS." }),
        policyNamed("owner", { level: "advisory" }),
        policyNamed("legacy"),
        policyNamed("retention", { settings: { hours: 24, exemptions: [] } }),
        policyNamed("off", { level: "disabled" }),
        policyNamed("keys"),
        policyNamed("account"),
      ],
      violations: [
        {
          ...{ policy: "tls", level: "mandatory", severity: "high", urn: bucket },
          message: "TLS.\nNo statement denies plain HTTP.",
        },
      ],
      undecided: [{ policy: "owner", urn: old, reason: "the tags are unknown until the update" }],
      exemptions: [exemption({ policy: "legacy", ticket: "LAKE-17" })],
      exempted: [
        {
          ...{ policy: "legacy", urn: old, message: "It is old.", expires: "2026-12-31" },
          reason: "legacy",
        },
      ],
      evaluatedTypes: ["aws:s3/bucket:Bucket", "aws:kinesis/stream:Stream"],
      evaluated: {
        policy: [bucket, old],
        tls: [bucket, old],
        owner: [bucket, old],
        legacy: [old],
        retention: [stream],
        keys: [key],
        account: [],
      },
      ...more,
    },
    basis: "planned offline",
    isDeployed: false,
    now: new Date("2026-11-27T12:00:00.123Z"),
    commit: "0123456789abcdef0123456789abcdef01234567",
  };
}

export function reportOf(stack: EvaluatedStack = stackOf()): ComplianceReport {
  const evidence = evidenceOf(stack.report, stack.graph);
  return complianceReport("nist80053r5", data, evidence, scopeOf(stack, data));
}
