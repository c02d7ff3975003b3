import type {
  EncryptionAndOwnership,
  FirehoseIdentity,
} from "../../aws/firehose/requests/firehoseIdentity";
import { parseArn } from "../../components/iam/arn";
import { InputReader } from "../../engine/graph/inputReader";
import {
  type GraphResource,
  type ResourceGraph,
  resourcesOfType,
} from "../../engine/graph/resourceGraph";
import {
  declaredBucket,
  declaredStream,
  existingResources,
  resourcesOfTypes,
} from "./declaredResources";
import { declaredString, refersTo } from "./declaredValue";

/**
 * Reads how the stream, bucket and log group of a delivery stream are encrypted, and who owns the
 * bucket.
 *
 * @throws one error that lists all inputs that are invalid or unknown
 */
export function readEncryptionAndOwnership(
  graph: ResourceGraph,
  identity: FirehoseIdentity,
): EncryptionAndOwnership {
  const { arn, source, bucketArn, kmsKeyArn, errorLog } = identity;
  const existing = existingResources(graph);
  const keyArn = (reference: string | undefined): string | undefined =>
    customerKeyArn(graph, reference, arn);
  const problems = new Set<string>();
  const encryption = bucketEncryption(graph, bucketArn, problems);
  const streamKey =
    source.type === "kinesis"
      ? keyArn(streamEncryption(graph, source.arn, problems) ?? existing.streamKeys.get(source.arn))
      : undefined;
  const objectKey = keyArn(kmsKeyArn ?? encryption?.key);
  const logKey = keyArn(errorLog && logEncryption(graph, errorLog.logGroupName, problems));
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
  const logGroup = resourcesOfType(graph, "aws:cloudwatch/logGroup:LogGroup").find(
    (candidate) => declaredString(candidate, "name") === name,
  );
  return logGroup && readerOf(logGroup, problems).text("kmsKeyId");
}

interface BucketEncryption {
  /** Reference to a KMS key: an ARN, an ID or an alias. */
  readonly key: string | undefined;
  readonly bucketKey: "enabled" | "disabled";
}

/** Undefined if neither the bucket nor its encryption is declared. */
function bucketEncryption(
  graph: ResourceGraph,
  arn: string,
  problems: Set<string>,
): BucketEncryption | undefined {
  const { resource } = declaredBucket(graph, arn);
  const bucket = { ...(resource && { urn: resource.urn }), identifiers: [parseArn(arn).resource] };
  const configuration = resourcesOfTypes(graph, encryptionTypes).find((candidate) =>
    refersTo(candidate, "bucket", bucket),
  );
  if (configuration) return encryptionIn(readerOf(configuration, problems).groups("rules")[0]);
  const inline = resource && readerOf(resource, problems);
  return inline && encryptionIn(inline.group("serverSideEncryptionConfiguration").group("rule"));
}

const encryptionTypes = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
];

function encryptionIn(rule: InputReader | undefined): BucketEncryption {
  const defaults = rule?.group("applyServerSideEncryptionByDefault");
  const algorithm = defaults?.text("sseAlgorithm");
  // S3 does not support Bucket Keys for dual-layer encryption (aws:kms:dsse).
  const bucketKey = rule?.flag("bucketKeyEnabled") === true && algorithm !== "aws:kms:dsse";
  return {
    key: algorithm?.startsWith("aws:kms") ? defaults?.text("kmsMasterKeyId") : undefined,
    bucketKey: bucketKey ? "enabled" : "disabled",
  };
}

function readerOf({ inputs, name, type }: GraphResource, problems: Set<string>): InputReader {
  return new InputReader(inputs, `${type} ${name}: `, problems);
}

/**
 * Resolves a reference to a customer-managed key: an ARN, an ID or an alias. An alias that is not
 * declared is returned as the ARN of the alias.
 */
function customerKeyArn(
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
    (candidate) => declaredString(candidate, "name") === resource,
  );
  const target = alias && declaredString(alias, "targetKeyId");
  return target === undefined ? arn : customerKeyArn(graph, target, siblingArn);
}
