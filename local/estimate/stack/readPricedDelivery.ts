import type { LambdaProcessor, Processor } from "../../../aws/firehose/features/processorFeature";
import type { Declared } from "../../../aws/firehose/model/declaredInputs";
import type { DeliveryStream } from "../../../aws/firehose/model/deliveryStream";
import type { S3Output } from "../../../aws/firehose/model/s3Output";
import { nameInArn, parseArn } from "../../../components/iam/arn";
import { InputReader } from "../../../engine/graph/inputReader";
import {
  type GraphResource,
  type ResourceGraph,
  resourcesOfType,
  Unknown,
} from "../../../engine/graph/resourceGraph";
import { declaredBucket, resourcesOfTypes } from "../../access/declaredResources";
import { declaredString, refersTo } from "../../access/declaredValue";
import { MIB } from "../traffic";
import { keptForever, type StorageAge, storageAges } from "./lifecycle";
import type { PricedDelivery, PricedFunction, PricedOutput } from "./pricedStack";

/** What an estimate assumes; each once, in order. */
export class Assumptions {
  readonly #all = new Set<string>();

  get all(): readonly string[] {
    return [...this.#all];
  }

  add(assumption: string): void {
    this.#all.add(assumption);
  }
}

/** Reads what a delivery stream costs money with. What is unknown gets the provider's default. */
export function readDelivery(
  graph: ResourceGraph,
  deliveryStream: DeliveryStream,
  assumptions: Assumptions,
): PricedDelivery {
  const { resourceName, s3 } = deliveryStream;
  if (s3 === undefined)
    assumptions.add(
      `${resourceName} does not deliver to S3: what its destination costs is not included.`,
    );
  const known = <T>(value: Declared<T>, what: string, fallback: T): T => {
    if (!(value instanceof Unknown)) return value;
    assumptions.add(
      `The ${what} of ${resourceName} is unknown until deployment; ${String(fallback)} is assumed.`,
    );
    return fallback;
  };
  const processors: readonly Processor[] =
    s3 === undefined || s3.processors instanceof Unknown ? [] : s3.processors;
  const has = (type: Processor["type"]): boolean => processors.some((one) => one.type === type);
  const backup = s3 && !(s3.sourceBackup instanceof Unknown) ? s3.sourceBackup : undefined;
  const outputOf = (output: S3Output, kind: PricedOutput["kind"]): PricedOutput => ({
    kind,
    ...bucketOf(graph, output, assumptions),
    bufferBytes: known(output.bufferSizeMiB, "buffer size", 5) * MIB,
    bufferSeconds: known(output.bufferSeconds, "buffer interval", 300),
    compression: known(output.compression, "compression", "UNCOMPRESSED"),
    delimiterBytes: kind === "records" && has("AppendDelimiterToRecord") ? 1 : 0,
  });
  const lambda = processors.find((one): one is LambdaProcessor => one.type === "Lambda");
  return {
    name: resourceName,
    outputs: [
      ...(s3 === undefined ? [] : [outputOf(s3, "records")]),
      ...(backup === undefined ? [] : [outputOf(backup, "backup")]),
    ],
    convertsFormat: s3?.formatConversion !== undefined,
    decompresses: has("Decompression"),
    partitions: s3?.dynamicPartitioning !== undefined,
    usesJq: has("MetadataExtraction"),
    function: lambda && functionOf(graph, lambda),
  };
}

function functionOf(graph: ResourceGraph, processor: LambdaProcessor): PricedFunction {
  const { functionArn, bufferSizeMiB, bufferSeconds } = processor;
  // With a version or an alias, the name is followed by it.
  const name = parseArn(functionArn).resource.split(":")[1] ?? functionArn;
  const declared = resourcesOfType(graph, "aws:lambda/function:Function").find(
    (candidate) => !candidate.external && declaredString(candidate, "name") === name,
  );
  return {
    name,
    bufferBytes: bufferSizeMiB * MIB,
    bufferSeconds,
    // The provider's default is 128.
    memoryMiB: declared && (new InputReader(declared.inputs).number("memorySize") ?? 128),
  };
}

function bucketOf(
  graph: ResourceGraph,
  { bucketArn, kmsKeyArn, prefix }: S3Output,
  assumptions: Assumptions,
): Pick<PricedOutput, "bucket" | "encryption" | "ages"> {
  if (typeof bucketArn !== "string") return { bucket: "", encryption: "none", ages: keptForever };
  const { resource } = declaredBucket(graph, bucketArn);
  const name = nameInArn(bucketArn);
  if (resource === undefined)
    assumptions.add(
      `The stack does not declare the bucket ${name}: its objects stay in S3 Standard, without an expiration.`,
    );
  const bucket = { ...(resource && { urn: resource.urn }), identifiers: [name] };
  const configuration = (types: readonly string[]): GraphResource | undefined =>
    resourcesOfTypes(graph, types).find((candidate) => refersTo(candidate, "bucket", bucket));
  const lifecycle = configuration(lifecycleTypes);
  return {
    bucket: resource?.name ?? name,
    encryption: encryptionOf(configuration(encryptionTypes), kmsKeyArn !== undefined),
    ages: lifecycle ? agesBelow(lifecycle, prefix) : keptForever,
  };
}

/** All keys begin with what precedes the first expression of the prefix. */
function agesBelow(lifecycle: GraphResource, prefix: Declared<string>): readonly StorageAge[] {
  const [beginning = ""] = prefix instanceof Unknown ? [] : prefix.split("!{");
  return storageAges(lifecycle, beginning);
}

function encryptionOf(
  configuration: GraphResource | undefined,
  hasKey: boolean,
): PricedOutput["encryption"] {
  const rule = configuration && new InputReader(configuration.inputs).groups("rules")[0];
  const algorithm = rule?.group("applyServerSideEncryptionByDefault").text("sseAlgorithm") ?? "";
  if (!hasKey && !algorithm.startsWith("aws:kms")) return "none";
  // S3 does not support Bucket Keys for dual-layer encryption (aws:kms:dsse).
  const bucketKey = rule?.flag("bucketKeyEnabled") === true && algorithm !== "aws:kms:dsse";
  return bucketKey ? "bucket key" : "key";
}

const encryptionTypes = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
];
const lifecycleTypes = [
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
];
