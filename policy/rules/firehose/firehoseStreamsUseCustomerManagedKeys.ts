import { quoteOneOf, readValue, UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { encryptionPath, sourceOf } from "./serverSideEncryption";

const keyTypes = ["AWS_OWNED_CMK", "CUSTOMER_MANAGED_CMK"];

export const firehoseStreamsUseCustomerManagedKeys = resourceRule({
  name: "firehose-streams-use-customer-managed-keys",
  title: "Delivery streams use customer-managed keys",
  description: "Server-side encryption of a delivery stream uses a customer-managed KMS key.",
  severity: "medium",
  level: "advisory",
  references: { checkov: ["CKV_AWS_241"] },
  remediationSteps:
    'Set serverSideEncryption.keyType to "CUSTOMER_MANAGED_CMK" and keyArn to the ARN of an aws.kms.Key.',
  url: "https://docs.aws.amazon.com/firehose/latest/dev/encryption.html",
  types: [deliveryStreamType],
  evaluate({ props }, verdict) {
    const source = sourceOf(props);
    const enabled = readValue(props, `${encryptionPath}.enabled`) ?? false;
    const keyType = readValue(props, `${encryptionPath}.keyType`);
    const key = readValue(props, `${encryptionPath}.keyArn`) ?? "";
    if (source === "Kinesis" || source === "MSK") {
      verdict.inapplicable("the source stores the records");
    } else if (enabled !== true && enabled !== UNKNOWN) {
      verdict.inapplicable("the delivery stream has no server-side encryption");
    } else if (keyType === "CUSTOMER_MANAGED_CMK" && key !== "") return;
    else if (source === UNKNOWN) verdict.undecided("the source");
    else if (enabled === UNKNOWN) verdict.undecided(`${encryptionPath}.enabled`);
    else if (keyType === UNKNOWN) verdict.undecided(`${encryptionPath}.keyType`);
    else if (keyType === "CUSTOMER_MANAGED_CMK") {
      verdict.violation(`${encryptionPath}.keyArn is absent: set it to the ARN of your key.`);
    } else {
      const found = quoteOneOf(keyTypes, keyType);
      verdict.violation(
        `${encryptionPath}.keyType is ${found}: use "CUSTOMER_MANAGED_CMK" with a keyArn.`,
      );
    }
  },
});
