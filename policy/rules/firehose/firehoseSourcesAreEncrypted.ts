import { UNKNOWN } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { encryptsRecords } from "../kinesis/kinesisStreamsAreEncrypted";
import { declaredSource } from "./sourceStream";
import { encryptedAtRest } from "./serverSideEncryption";

/** A rule on delivery streams: with a Kinesis source, they rely on the encryption of the stream. */
export const firehoseSourcesAreEncrypted = stackRule({
  name: "firehose-sources-are-encrypted",
  title: "Delivery streams read from encrypted streams",
  description:
    "Every Kinesis stream that is the source of a delivery stream is encrypted with a KMS key.",
  severity: "high",
  references: {
    securityHub: [encryptedAtRest],
  },
  remediationSteps:
    'Set encryptionType to "KMS" and kmsKeyId on the aws.kinesis.Stream that is the source.',
  url: "https://docs.aws.amazon.com/firehose/latest/dev/encryption.html",
  types: [deliveryStreamType],
  evaluate(resource, verdict, _, stack) {
    const source = declaredSource(resource, verdict, stack);
    if (source === undefined) return;
    const encrypted = encryptsRecords(source.props);
    if (encrypted === UNKNOWN) verdict.undecided("the encryption of the source");
    else if (!encrypted) {
      verdict.violation(
        `The source, stream "${source.name}", is not encrypted: set its encryptionType to "KMS" and its kmsKeyId.`,
      );
    }
  },
});
