import type { PolicyComplianceFramework } from "@pulumi/policy";

/** The ids of the same rule in other tools and standards. */
export interface References {
  /** Controls of AWS Security Hub, the closest match first. */
  readonly securityHub?: readonly SecurityHubControl[];
  readonly checkov?: readonly string[];
  readonly cdkNag?: readonly string[];
  readonly trivy?: readonly string[];
  readonly prowler?: readonly string[];
  readonly cfnGuard?: readonly string[];
  readonly cfnLint?: readonly string[];
  /**
   * Ids that the rule implements only under a condition that its defaults do not meet, by tag:
   * `checkov:CKV_AWS_338` and "retentionDays.min is 365 or more".
   */
  readonly when?: Readonly<Record<string, string>>;
  /** Pillars of the AWS Well-Architected Framework, for rules that no scanner has. */
  readonly wellArchitected?: readonly string[];
}

interface SecurityHubControl {
  /** `Kinesis.1` */
  readonly id: string;
  /** The control's title, verbatim. */
  readonly title: string;
}

/** Tags for searching a report by another tool's id, such as `checkov:CKV_AWS_43`. */
export function tagsOf(references: References): string[] {
  const ids: readonly (readonly [string, readonly string[] | undefined])[] = [
    ["security-hub", references.securityHub?.map(({ id }) => id)],
    ["checkov", references.checkov],
    ["cdk-nag", references.cdkNag],
    ["trivy", references.trivy],
    ["prowler", references.prowler],
    ["cfn-guard", references.cfnGuard],
    ["cfn-lint", references.cfnLint],
    ["well-architected", references.wellArchitected],
  ];
  return ids.flatMap(([source, names = []]) => names.map((name) => `${source}:${name}`));
}

/** The closest control of Security Hub that the defaults implement: the SDK takes only one framework. */
export function frameworkOf({
  securityHub = [],
  when = {},
}: References): PolicyComplianceFramework | undefined {
  const control = securityHub.find(({ id }) => !Object.hasOwn(when, `security-hub:${id}`));
  return (
    control && {
      name: "AWS Foundational Security Best Practices",
      version: "1.0.0",
      reference: control.id,
      specification: control.title,
    }
  );
}
