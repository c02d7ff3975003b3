import {
  quoteOneOf,
  readEach,
  readValue,
  UNKNOWN,
  asList,
  type Properties,
  type Value,
} from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import type { Verdict } from "../../rule/verdict";
import { destination } from "./destinations";
import { type DeclaredProcessor, evaluateProcessing, processorsOf } from "./processors";
import { processorsIn } from "./recordProcessing";
import { partitionsDynamically } from "./s3Configurations";

/** Type of processor -> the parameters that it requires. Source: Firehose API, Processor. */
const required: Readonly<Record<string, readonly string[]>> = {
  RecordDeAggregation: ["SubRecordType"],
  Decompression: [],
  CloudWatchLogProcessing: ["DataMessageExtraction"],
  Lambda: ["LambdaArn"],
  MetadataExtraction: ["MetadataExtractionQuery", "JsonParsingEngine"],
  AppendDelimiterToRecord: [],
};
const types = Object.keys(required);

export const firehoseProcessorsAreValid = resourceRule({
  name: "firehose-processors-are-valid",
  title: "Delivery streams have valid processors",
  description:
    "Every delivery stream that processes records has one to five processors of types that Firehose has, with their parameters and what they depend on, one Lambda function at most.",
  severity: "medium",
  references: { wellArchitected: ["operational-excellence"] },
  remediationSteps:
    "Set one to five processors with the parameters that they require, or leave out processingConfiguration if there is nothing to process. MetadataExtraction and RecordDeAggregation require dynamic partitioning, CloudWatchLogProcessing a processor of type Decompression.",
  url: "https://docs.aws.amazon.com/firehose/latest/APIReference/API_ProcessingConfiguration.html",
  types: [deliveryStreamType],
  evaluate({ props }, verdict) {
    evaluateProcessing(props, verdict, ({ path }, found) => {
      evaluateProcessors(props, processorsIn(path), found);
      for (const processor of processorsOf(props, path)) evaluateParameters(processor, found);
      if (path === destination) evaluatePartitionOnly(props, found);
      evaluateExtraction(props, processorsIn(path), found);
    });
  },
});

function evaluateProcessors(props: Properties, path: string, verdict: Verdict): void {
  const processors = readValue(props, path);
  if (processors === UNKNOWN) {
    verdict.undecided(path);
    return;
  }
  const count = asList(processors).length;
  if (count < 1 || count > 5) {
    verdict.violation(`${path} has ${count} processors: set 1 to 5, or disable processing.`);
  }
  const declared = readEach(props, `${path}.type`);
  const wrong = declared.find((type) => type !== UNKNOWN && !types.some((one) => one === type));
  if (wrong !== undefined) {
    verdict.violation(`${path}.type is ${quoteOneOf(types, wrong)}: correct it.`);
  }
  if (declared.filter((type) => type === "Lambda").length > 1) {
    verdict.violation(`${path} has several processors of type Lambda: keep one.`);
  }
  if (declared.includes(UNKNOWN)) verdict.undecided(`${path}.type`);
}

function evaluateParameters({ path, type, parameters }: DeclaredProcessor, verdict: Verdict): void {
  if (typeof type !== "string" || !types.includes(type)) return;
  const names: readonly Value[] =
    parameters === UNKNOWN ? [UNKNOWN] : parameters.map(({ name }) => name);
  const missing = (required[type] ?? []).filter((name) => !names.includes(name));
  if (missing.length === 0) return;
  if (names.includes(UNKNOWN)) verdict.undecided(`${path}.parameters`);
  else {
    verdict.violation(
      `${path}.parameters has no ${missing.join(" and no ")}, which a processor of type ${type} requires: add it.`,
    );
  }
}

/** AWS: "... can only be present when Dynamic Partitioning is enabled". */
const partitionOnly = ["MetadataExtraction", "RecordDeAggregation"];

function evaluatePartitionOnly(props: Properties, verdict: Verdict): void {
  const partitions = partitionsDynamically(props);
  if (partitions === true) return;
  const found = partitionOnly.filter((type) =>
    processorsOf(props).some((processor) => processor.type === type),
  );
  if (found.length > 0 && partitions === UNKNOWN) {
    verdict.undecided(`${destination}.dynamicPartitioningConfiguration.enabled`);
  } else if (found.length > 0) {
    verdict.violation(
      `${processorsIn(destination)} has ${found.join(" and ")} without dynamic partitioning: set dynamicPartitioningConfiguration.enabled to true, or remove it.`,
    );
  }
}

/**
 * Messages are extracted from what is decompressed.
 * Source: Firehose Developer Guide, "Message extraction after decompression of CloudWatch Logs".
 */
function evaluateExtraction(props: Properties, path: string, verdict: Verdict): void {
  const declared = readEach(props, `${path}.type`);
  if (!declared.includes("CloudWatchLogProcessing") || declared.includes("Decompression")) return;
  if (declared.includes(UNKNOWN)) return;
  verdict.violation(
    `${path} has CloudWatchLogProcessing without Decompression, whose output it reads: add it.`,
  );
}
