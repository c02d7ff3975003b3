import { type Properties, quoteOneOf, readValue, UNKNOWN, type Unknown } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";

const path = "serverSideEncryption";
const url = "https://docs.aws.amazon.com/firehose/latest/dev/encryption.html";
/** The control itself makes no exception for a Kinesis source, although AWS does. */
export const encryptedAtRest = {
  id: "DataFirehose.1",
  title: "Firehose delivery streams should be encrypted at rest.",
};
const unknownSource = "the source";

export const firehoseStreamsAreEncrypted = resourceRule({
  name: "firehose-streams-are-encrypted",
  title: "Firehose encrypts what producers put",
  description:
    "A delivery stream has server-side encryption exactly when producers put records to it.",
  severity: "high",
  references: {
    securityHub: [encryptedAtRest],
    checkov: ["CKV_AWS_240"],
    cdkNag: ["AwsSolutions-KDF1"],
    prowler: ["firehose_stream_encrypted_at_rest"],
    cfnGuard: ["KINESIS_FIREHOSE_DELIVERY_STREAM_ENCRYPTION_RULE"],
  },
  remediationSteps:
    "Without a source, set serverSideEncryption.enabled to true. With a Kinesis stream as source, remove serverSideEncryption, which AWS refuses there, and encrypt the stream.",
  url,
  types: [deliveryStreamType],
  evaluate({ props }, verdict) {
    const source = sourceOf(props);
    const enabled = readValue(props, `${path}.enabled`) ?? false;
    if (source === "MSK") verdict.inapplicable("the MSK cluster keeps the records");
    else if (source === UNKNOWN) verdict.undecided(unknownSource);
    else if (enabled === UNKNOWN) verdict.undecided(`${path}.enabled`);
    else if (source === "DirectPut" && enabled !== true) {
      verdict.violation(`${path}.enabled is not true: set it to true.`);
    } else if (source === "Kinesis" && enabled === true) {
      verdict.violation(
        `${path} is on, which AWS refuses with a Kinesis stream as source: remove it and encrypt the stream.`,
      );
    }
  },
});

const keyTypes = ["AWS_OWNED_CMK", "CUSTOMER_MANAGED_CMK"];

export const firehoseStreamsUseCustomerManagedKeys = resourceRule({
  name: "firehose-streams-use-customer-managed-keys",
  title: "Firehose uses customer-managed keys",
  description:
    "Server-side encryption of a delivery stream uses a KMS key that its owner controls.",
  severity: "medium",
  level: "advisory",
  references: { checkov: ["CKV_AWS_241"] },
  remediationSteps:
    'Set serverSideEncryption.keyType to "CUSTOMER_MANAGED_CMK" and keyArn to the ARN of an aws.kms.Key.',
  url,
  types: [deliveryStreamType],
  evaluate({ props }, verdict) {
    const source = sourceOf(props);
    const enabled = readValue(props, `${path}.enabled`) ?? false;
    const keyType = readValue(props, `${path}.keyType`);
    const key = readValue(props, `${path}.keyArn`) ?? "";
    if (source === "Kinesis" || source === "MSK") {
      verdict.inapplicable("the source keeps the records");
    } else if (enabled !== true && enabled !== UNKNOWN) {
      verdict.inapplicable("the delivery stream has no server-side encryption");
    } else if (keyType === "CUSTOMER_MANAGED_CMK" && key !== "") return;
    else if (source === UNKNOWN) verdict.undecided(unknownSource);
    else if (enabled === UNKNOWN) verdict.undecided(`${path}.enabled`);
    else if (keyType === UNKNOWN) verdict.undecided(`${path}.keyType`);
    else if (keyType === "CUSTOMER_MANAGED_CMK") {
      verdict.violation(`${path}.keyArn is absent: set it to the ARN of your key.`);
    } else {
      const found = quoteOneOf(keyTypes, keyType);
      verdict.violation(`${path}.keyType is ${found}: use "CUSTOMER_MANAGED_CMK" with a keyArn.`);
    }
  },
});

/** Where a delivery stream gets its records from. */
type Source = "Kinesis" | "MSK" | "DirectPut" | Unknown;

function sourceOf(props: Properties): Source {
  const stream = readValue(props, "kinesisSourceConfiguration");
  const cluster = readValue(props, "mskSourceConfiguration");
  if (stream === UNKNOWN || cluster === UNKNOWN) return UNKNOWN;
  if (stream !== undefined) return "Kinesis";
  return cluster === undefined ? "DirectPut" : "MSK";
}
