import { readValue, UNKNOWN } from "../../reading/value";
import { queueType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

const keyPath = "kmsMasterKeyId";
const managedPath = "sqsManagedSseEnabled";

/** SQS encrypts new queues with its own keys unless the program disables that. */
export const sqsQueuesAreEncrypted = resourceRule({
  name: "sqs-queues-are-encrypted",
  title: "SQS queues are encrypted",
  description: "Every SQS queue encrypts its messages, with keys of SQS or with a KMS key.",
  severity: "medium",
  references: {
    securityHub: [{ id: "SQS.1", title: "Amazon SQS queues should be encrypted at rest." }],
    checkov: ["CKV_AWS_27"],
    cdkNag: ["SQSQueueSSE"],
    trivy: ["AWS-0096"],
    prowler: ["sqs_queues_server_side_encryption_enabled"],
  },
  remediationSteps: "Remove sqsManagedSseEnabled, or set kmsMasterKeyId to the ARN of a KMS key.",
  url: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html",
  types: [queueType],
  evaluate({ props }, verdict) {
    const key = readValue(props, keyPath) ?? "";
    if (key !== "" && key !== UNKNOWN) return;
    const managed = readValue(props, managedPath) ?? true;
    if (managed === true) return;
    if (key === UNKNOWN) verdict.undecided(keyPath);
    else if (managed === UNKNOWN) verdict.undecided(managedPath);
    else {
      verdict.violation(
        `${managedPath} is not true, and ${keyPath} is absent: remove the one or set the other.`,
      );
    }
  },
});
