import { UNKNOWN, readValue } from "../../reading/value";
import { logGroupType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

export const logsGroupsAreEncrypted = resourceRule({
  name: "logs-groups-are-encrypted",
  title: "Log groups are encrypted with a KMS key",
  description: "Every log group encrypts its events with a customer-managed KMS key.",
  severity: "low",
  // CloudWatch Logs always encrypts; a customer-managed key adds control, at a cost.
  level: "advisory",
  references: {
    checkov: ["CKV_AWS_158"],
    cdkNag: ["CloudWatchLogGroupEncrypted"],
    trivy: ["AWS-0017"],
    prowler: ["cloudwatch_log_group_kms_encryption_enabled"],
  },
  remediationSteps:
    "Set kmsKeyId to the ARN of a customer-managed key whose policy allows CloudWatch Logs to use it.",
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
  types: [logGroupType],
  evaluate({ props }, verdict) {
    const key = readValue(props, "kmsKeyId");
    if (key === UNKNOWN) verdict.undecided("kmsKeyId");
    else if (key === undefined || key === "") {
      verdict.violation("kmsKeyId is absent: set it to the ARN of a customer-managed key.");
    }
  },
});
