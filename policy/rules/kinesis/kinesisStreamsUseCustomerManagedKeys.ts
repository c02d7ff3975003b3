import { isAwsManagedAlias } from "../../reading/awsManagedKey";
import { UNKNOWN, readValue } from "../../reading/value";
import { streamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

const path = "kmsKeyId";

export const kinesisStreamsUseCustomerManagedKeys = resourceRule({
  name: "kinesis-streams-use-customer-managed-keys",
  title: "Kinesis streams use customer-managed keys",
  description: "Every encrypted Kinesis data stream uses a customer-managed KMS key.",
  severity: "medium",
  level: "advisory",
  references: { checkov: ["CKV_AWS_185"] },
  remediationSteps: "Set kmsKeyId to the ARN of an aws.kms.Key.",
  url: "https://docs.aws.amazon.com/streams/latest/dev/creating-using-sse-master-keys.html",
  types: [streamType],
  evaluate({ props }, verdict) {
    const key = readValue(props, path) ?? "";
    if (key === UNKNOWN) verdict.undecided(path);
    else if (key === "") verdict.inapplicable("the stream has no key");
    else if (typeof key !== "string" || isAwsManagedAlias(key)) {
      verdict.violation(`${path} is an AWS-managed key: use a customer-managed key.`);
    }
  },
});
