import type { PolicyComplianceFramework } from "@pulumi/policy";

/** What other tools and standards call the same rule, by their own ids. */
export interface References {
  /** Controls of AWS Security Hub, the closest first. */
  readonly securityHub?: readonly SecurityHubControl[];
  readonly checkov?: readonly string[];
  readonly cdkNag?: readonly string[];
  readonly trivy?: readonly string[];
  readonly prowler?: readonly string[];
  readonly cfnGuard?: readonly string[];
  /** Pillars of the AWS Well-Architected Framework, for what no scanner looks at. */
  readonly wellArchitected?: readonly string[];
}

interface SecurityHubControl {
  /** `Kinesis.1` */
  readonly id: string;
  /** The control's title, word for word. */
  readonly title: string;
}

/** The tags by which a report can be searched for another tool's id, such as `checkov:CKV_AWS_43`. */
export function tagsOf(references: References): string[] {
  const ids: readonly (readonly [string, readonly string[] | undefined])[] = [
    ["security-hub", references.securityHub?.map(({ id }) => id)],
    ["checkov", references.checkov],
    ["cdk-nag", references.cdkNag],
    ["trivy", references.trivy],
    ["prowler", references.prowler],
    ["cfn-guard", references.cfnGuard],
    ["well-architected", references.wellArchitected],
  ];
  return ids.flatMap(([source, names = []]) => names.map((name) => `${source}:${name}`));
}

/** The SDK has room for one framework: the closest control of Security Hub. */
export function frameworkOf({
  securityHub = [],
}: References): PolicyComplianceFramework | undefined {
  const [control] = securityHub;
  return (
    control && {
      name: "AWS Foundational Security Best Practices",
      version: "1.0.0",
      reference: control.id,
      specification: control.title,
    }
  );
}
