import { PolicySeverity } from "@pulumi/pulumi/proto/analyzer_pb";

/** How bad a violation is, by the policy's own word. */
export type Severity = "critical" | "high" | "medium" | "low" | "unspecified";

const SEVERITIES: ReadonlyMap<PolicySeverity, Severity> = new Map([
  [PolicySeverity.POLICY_SEVERITY_CRITICAL, "critical"],
  [PolicySeverity.POLICY_SEVERITY_HIGH, "high"],
  [PolicySeverity.POLICY_SEVERITY_MEDIUM, "medium"],
  [PolicySeverity.POLICY_SEVERITY_LOW, "low"],
]);

export function decodeSeverity(number: PolicySeverity): Severity {
  return SEVERITIES.get(number) ?? "unspecified";
}
