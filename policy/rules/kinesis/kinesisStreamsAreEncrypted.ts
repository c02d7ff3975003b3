import {
  allOf,
  type Decision,
  type Properties,
  quoteOneOf,
  readValue,
  UNKNOWN,
} from "../../reading/value";
import { streamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

export const kinesisStreamsAreEncrypted = resourceRule({
  name: "kinesis-streams-are-encrypted",
  title: "Kinesis streams are encrypted",
  description: "Every Kinesis data stream encrypts its records at rest with a KMS key.",
  severity: "high",
  references: {
    securityHub: [{ id: "Kinesis.1", title: "Kinesis streams should be encrypted at rest." }],
    checkov: ["CKV_AWS_43"],
    cdkNag: ["AwsSolutions-KDS1"],
    trivy: ["AWS-0064"],
    prowler: ["kinesis_stream_encrypted_at_rest"],
    cfnGuard: ["KINESIS_STREAM_ENCRYPTION_RULE"],
  },
  remediationSteps:
    'Set encryptionType to "KMS" and kmsKeyId to the ARN of a customer-managed key, or to "alias/aws/kinesis".',
  url: "https://docs.aws.amazon.com/streams/latest/dev/server-side-encryption.html",
  types: [streamType],
  evaluate({ props }, verdict) {
    const encryption = readValue(props, "encryptionType");
    const key = readValue(props, "kmsKeyId");
    if (encryption === UNKNOWN) verdict.undecided("encryptionType");
    else if (encryption !== "KMS") {
      const found = quoteOneOf(["NONE", "KMS"], encryption);
      verdict.violation(`encryptionType is ${found}: set it to "KMS".`);
    }
    // An unknown key is fine: it is created by the same update.
    if (key === undefined || key === "") {
      verdict.violation("kmsKeyId is absent: set it to a key's ARN, id or alias.");
    }
  },
});

/** Whether a stream passes the rule. */
export function encryptsRecords(props: Properties): Decision {
  const encryption = readValue(props, "encryptionType");
  return allOf([
    encryption === UNKNOWN ? UNKNOWN : encryption === "KMS",
    (readValue(props, "kmsKeyId") ?? "") !== "",
  ]);
}
