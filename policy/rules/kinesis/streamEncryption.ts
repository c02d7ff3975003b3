import type { ResourceValidationPolicy } from "@pulumi/policy";
import { judgeResource } from "../../judge";
import { streamType } from "../../resourceTypes";
import { securityHub } from "../../securityHub";
import { UNKNOWN, quoteOneOf, readValue } from "../../value";

export const kinesisStreamsAreEncrypted: ResourceValidationPolicy = {
  name: "kinesis-streams-are-encrypted",
  displayName: "Kinesis streams are encrypted",
  description: "Every Kinesis data stream encrypts its records at rest with a KMS key.",
  severity: "high",
  enforcementLevel: "mandatory",
  framework: securityHub("Kinesis.1", "Kinesis streams should be encrypted at rest."),
  tags: [
    "security-hub:Kinesis.1",
    "checkov:CKV_AWS_43",
    "cdk-nag:AwsSolutions-KDS1",
    "trivy:AWS-0064",
    "prowler:kinesis_stream_encrypted_at_rest",
    "cfn-guard:KINESIS_STREAM_ENCRYPTION_RULE",
  ],
  remediationSteps:
    'Set encryptionType to "KMS" and kmsKeyId to the ARN of a customer-managed key, or to "alias/aws/kinesis".',
  url: "https://docs.aws.amazon.com/streams/latest/dev/server-side-encryption.html",
  validateResource: judgeResource([streamType], {}, (stream, verdict) => {
    const encryption = readValue(stream.props, "encryptionType");
    const key = readValue(stream.props, "kmsKeyId");
    if (encryption === UNKNOWN) verdict.undecided("encryptionType");
    else if (encryption !== "KMS") {
      const found = quoteOneOf(["NONE", "KMS"], encryption);
      verdict.violation(`encryptionType is ${found}: set it to "KMS".`);
    }
    // A new key's ARN is unknown until the update, but that there is one is not.
    if (key === undefined || key === "") {
      verdict.violation("kmsKeyId is absent: set it to a key's ARN, id or alias.");
    }
  }),
};
