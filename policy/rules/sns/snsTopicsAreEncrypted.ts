import { UNKNOWN, readValue } from "../../reading/value";
import { topicType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

const path = "kmsMasterKeyId";

export const snsTopicsAreEncrypted = resourceRule({
  name: "sns-topics-are-encrypted",
  title: "SNS topics are encrypted",
  description: "Every SNS topic encrypts its messages with a KMS key.",
  severity: "medium",
  references: {
    securityHub: [{ id: "SNS.1", title: "SNS topics should be encrypted at-rest using AWS KMS." }],
    checkov: ["CKV_AWS_26"],
    cdkNag: ["SNSEncryptedKMS"],
    trivy: ["AWS-0095"],
    prowler: ["sns_topics_kms_encryption_at_rest_enabled"],
    cfnGuard: ["SNS_ENCRYPTED_KMS"],
  },
  remediationSteps:
    "Set kmsMasterKeyId to the ARN of an aws.kms.Key whose policy allows the services that publish. CloudWatch alarms cannot publish with alias/aws/sns.",
  url: "https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html",
  types: [topicType],
  evaluate({ props }, verdict) {
    const key = readValue(props, path) ?? "";
    if (key === UNKNOWN) verdict.undecided(path);
    else if (key === "") verdict.violation(`${path} is absent: set it to the ARN of a KMS key.`);
  },
});
