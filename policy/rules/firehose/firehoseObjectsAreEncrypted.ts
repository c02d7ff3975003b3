import type { PolicyResource } from "@pulumi/policy";
import { anyOf, type Decision, readValue, UNKNOWN } from "../../reading/value";
import { bucketEncryptionTypes, deliveryStreamType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { buckets, type Link } from "../../stack/link";
import type { Stack } from "../../stack/stack";
import { encryptionRules, encryptsWith } from "../s3/encryptionRules";
import { evaluateS3Configurations } from "./s3Configurations";

export const firehoseObjectsAreEncrypted = stackRule({
  name: "firehose-objects-are-encrypted",
  title: "Delivery streams encrypt S3 objects with KMS",
  description:
    "Firehose encrypts S3 objects with its own KMS key or with the default KMS key of the bucket.",
  severity: "medium",
  references: { wellArchitected: ["security"] },
  remediationSteps:
    'Set kmsKeyArn in extendedS3Configuration or s3Configuration, and in s3BackupConfiguration if there is one, or give the bucket a default encryption with "aws:kms".',
  url: "https://docs.aws.amazon.com/firehose/latest/dev/encryption.html",
  types: [deliveryStreamType],
  evaluate(resource, verdict, _, stack) {
    evaluateS3Configurations(resource.props, verdict, (configuration, found) => {
      const path = `${configuration}.kmsKeyArn`;
      if (readValue(resource.props, configuration) === UNKNOWN) {
        found.undecided(path);
        return;
      }
      // An unknown ARN is fine: the key is created by the same update.
      if ((readValue(resource.props, path) ?? "") !== "") return;
      const [bucket] = stack.links(resource, `${configuration}.bucketArn`, buckets);
      if (bucket?.kind === "elsewhere") {
        found.inapplicable("the bucket is not declared in this stack");
        return;
      }
      const encrypted = bucket === undefined ? false : usesKmsByDefault(bucket, stack);
      if (encrypted === UNKNOWN) found.undecided("the default encryption of the bucket");
      else if (!encrypted) {
        found.violation(
          `${path} is absent, and the bucket's default encryption is not KMS: set one of them.`,
        );
      }
    });
  },
});

function usesKmsByDefault(bucket: Link, stack: Stack): Decision {
  if (bucket.kind !== "declared") return UNKNOWN;
  const { certain, mayGrow } = stack.referrers(bucket, buckets, bucketEncryptionTypes, "bucket");
  if (certain.length > 0) return anyOf(certain.map(encryptsWithKms));
  return mayGrow ? UNKNOWN : encryptsWithKms(bucket.resource);
}

function encryptsWithKms({ props }: PolicyResource): Decision {
  return anyOf(
    encryptionRules(props).map(({ block }) => encryptsWith(block, ["aws:kms", "aws:kms:dsse"])),
  );
}
