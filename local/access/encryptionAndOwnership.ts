import { parseArn } from "../../components/iam/arn";
import {
  type GraphResource,
  type ResourceGraph,
  resourcesOfType,
} from "../../engine/graph/resourceGraph";
import { InputReader } from "../../engine/graph/inputReader";
import { declaredBucket, declaredStream, existingResources, ofTypes } from "./declaredResources";
import { declaredText, names } from "./declaredValue";
import type {
  EncryptionAndOwnership,
  FirehoseIdentity,
} from "../../aws/firehose/requests/firehoseIdentity";

/**
 * Reads from a graph how the stream, the bucket and the log group of a delivery are kept.
 *
 * @throws Error that names what cannot be read, e.g. because only a deployment will tell it
 */
export function encryptionAndOwnershipOf(
  graph: ResourceGraph,
  identity: FirehoseIdentity,
): EncryptionAndOwnership {
  const { arn, source, bucketArn, kmsKeyArn, errorLog } = identity;
  const existing = existingResources(graph);
  const key = (reference: string | undefined): string | undefined =>
    customerKey(graph, reference, arn);
  const problems = new Set<string>();
  const encryption = bucketEncryption(graph, bucketArn, problems);
  const streamReference = streamEncryption(graph, source.arn, problems);
  const streamKey = key(streamReference ?? existing.streamKeys.get(source.arn));
  const objectKey = key(kmsKeyArn ?? encryption?.key);
  const logKey = key(errorLog && logEncryption(graph, errorLog.logGroupName, problems));
  if (problems.size > 0) throw new Error([...problems].join("; "));
  const owner = existing.bucketAccounts.get(bucketArn);
  return {
    ...(streamKey !== undefined && { streamKey }),
    ...(objectKey !== undefined && { objectKey }),
    ...(logKey !== undefined && { logKey }),
    bucketKey: encryption?.bucketKey ?? "unknown",
    foreignBucket: owner !== undefined && owner !== parseArn(arn).account,
  };
}

function streamEncryption(
  graph: ResourceGraph,
  arn: string,
  problems: Set<string>,
): string | undefined {
  const { resource } = declaredStream(graph, arn);
  const inputs = resource && readerOf(resource, problems);
  return inputs?.text("encryptionType") === "KMS" ? inputs.text("kmsKeyId") : undefined;
}

function logEncryption(
  graph: ResourceGraph,
  name: string,
  problems: Set<string>,
): string | undefined {
  const group = resourcesOfType(graph, "aws:cloudwatch/logGroup:LogGroup").find(
    (candidate) => declaredText(candidate, "name") === name,
  );
  return group && readerOf(group, problems).text("kmsKeyId");
}

interface BucketEncryption {
  readonly key: string | undefined;
  readonly bucketKey: "enabled" | "disabled";
}

/** Undefined if neither the bucket is declared, nor how it is encrypted. */
function bucketEncryption(
  graph: ResourceGraph,
  arn: string,
  problems: Set<string>,
): BucketEncryption | undefined {
  const { resource } = declaredBucket(graph, arn);
  const named = { ...(resource && { urn: resource.urn }), identifiers: [parseArn(arn).resource] };
  const companion = ofTypes(graph, encryptionTypes).find((one) => names(one, "bucket", named));
  if (companion) return encryptionIn(readerOf(companion, problems).groups("rules")[0]);
  const inline = resource && readerOf(resource, problems);
  return inline && encryptionIn(inline.group("serverSideEncryptionConfiguration").group("rule"));
}

const encryptionTypes = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
];

function encryptionIn(rule: InputReader | undefined): BucketEncryption {
  const byDefault = rule?.group("applyServerSideEncryptionByDefault");
  const algorithm = byDefault?.text("sseAlgorithm");
  // Bucket Keys do not go with two layers of encryption (aws:kms:dsse).
  const bucketKey = rule?.flag("bucketKeyEnabled") === true && algorithm !== "aws:kms:dsse";
  return {
    key: algorithm?.startsWith("aws:kms") ? byDefault?.text("kmsMasterKeyId") : undefined,
    bucketKey: bucketKey ? "enabled" : "disabled",
  };
}

function readerOf({ inputs, name, type }: GraphResource, problems: Set<string>): InputReader {
  return new InputReader(inputs, `${type} ${name}: `, problems);
}

/**
 * ARN of the customer-managed key that a text stands for: an ARN, an id, an alias. An alias that is
 * not declared stays one.
 */
function customerKey(
  graph: ResourceGraph,
  reference: string | undefined,
  siblingArn: string,
): string | undefined {
  if (reference === undefined || reference === "") return undefined;
  const { partition, region, account } = parseArn(siblingArn);
  const name = reference.startsWith("alias/") ? reference : `key/${reference}`;
  const arn = reference.startsWith("arn:")
    ? reference
    : `arn:${partition}:kms:${region}:${account}:${name}`;
  const { resource } = parseArn(arn);
  if (resource.startsWith("alias/aws/")) return undefined;
  const alias = resourcesOfType(graph, "aws:kms/alias:Alias").find(
    (one) => declaredText(one, "name") === resource,
  );
  const target = alias && declaredText(alias, "targetKeyId");
  return target === undefined ? arn : customerKey(graph, target, siblingArn);
}
