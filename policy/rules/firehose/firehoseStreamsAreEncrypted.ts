import { readValue, UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import { encryptedAtRest, encryptionPath, sourceOf } from "./serverSideEncryption";

export const firehoseStreamsAreEncrypted = resourceRule({
  name: "firehose-streams-are-encrypted",
  title: "Delivery streams encrypt what producers put",
  description:
    "A delivery stream has server-side encryption if, and only if, producers put records to it.",
  severity: "high",
  references: {
    securityHub: [encryptedAtRest],
    checkov: ["CKV_AWS_240"],
    cdkNag: ["AwsSolutions-KDF1"],
    prowler: ["firehose_stream_encrypted_at_rest"],
    cfnGuard: ["KINESIS_FIREHOSE_DELIVERY_STREAM_ENCRYPTION_RULE"],
  },
  remediationSteps:
    "Without a source, set serverSideEncryption.enabled to true. With a Kinesis stream as source, remove serverSideEncryption, which AWS rejects there, and encrypt the stream.",
  url: "https://docs.aws.amazon.com/firehose/latest/dev/encryption.html",
  types: [deliveryStreamType],
  evaluate({ props }, verdict) {
    const source = sourceOf(props);
    const enabled = readValue(props, `${encryptionPath}.enabled`) ?? false;
    if (source === "MSK") verdict.inapplicable("the MSK cluster stores the records");
    else if (source === UNKNOWN) verdict.undecided("the source");
    else if (enabled === UNKNOWN) verdict.undecided(`${encryptionPath}.enabled`);
    else if (source === "DirectPut" && enabled !== true) {
      verdict.violation(`${encryptionPath} does not enable encryption: enable it.`);
    } else if (source === "Kinesis" && enabled === true) {
      verdict.violation(
        `${encryptionPath} is enabled, which AWS rejects with a Kinesis stream as source: remove it and encrypt the stream.`,
      );
    }
  },
});
