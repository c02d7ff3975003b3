import type { PolicyComplianceFramework } from "@pulumi/policy";

/** A control of AWS Security Hub's standard, by its id and title there. */
export function securityHub(reference: string, specification: string): PolicyComplianceFramework {
  return {
    name: "AWS Foundational Security Best Practices",
    version: "1.0.0",
    reference,
    specification,
  };
}
