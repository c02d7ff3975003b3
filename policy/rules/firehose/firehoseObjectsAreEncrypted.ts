import type { PolicyResource } from "@pulumi/policy";
import { anyOf, type Decision, readValue, UNKNOWN } from "../../reading/value";
import { bucketEncryptionTypes, deliveryStreamType } from "../../resourceTypes";
import { stackRule } from "../../rule/stackRule";
import { buckets } from "../../stack/kinds";
import type { Link } from "../../stack/link";
import type { Stack } from "../../stack/stack";
import { encryptionRules, encryptsWith } from "../s3/encryptionRules";
import { evaluateS3Configurations } from "./s3Configurations";

export const firehoseObjectsAreEncrypted = stackRule({
  name: "firehose-objects-are-encrypted",
  title: "Firehose writes objects encrypted with KMS",
  description:
    "Firehose encrypts its S3 objects with a KMS key of its own or the default one of their bucket.",
  severity: "medium",
  references: { wellArchitected: ["security"] },
  remediationSteps:
    'Set kmsKeyArn in extendedS3Configuration, and in its s3BackupConfiguration if there is one, or give the bucket a default encryption with "aws:kms".',
  url: "https://docs.aws.amazon.com/firehose/latest/dev/encryption.html",
  types: [deliveryStreamType],
  evaluate(resource, verdict, _, stack) {
    evaluateS3Configurations(resource.props, verdict, (configuration, found) => {
      const path = `${configuration}.kmsKeyArn`;
      if (readValue(resource.props, configuration) === UNKNOWN) {
        found.undecided(path);
        return;
      }
      // The ARN of a new key is unknown until the update, but that there is one is not.
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
          `${path} is absent, and the bucket's default encryption is not KMS: set either.`,
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
