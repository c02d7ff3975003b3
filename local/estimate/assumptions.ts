import { type EntryFlow, type EstimateOptions, outputKey } from "./flows";
import { smallestMovedBytes } from "./stack/lifecycle";
import type { PricedStack } from "./stack/pricedStack";
import type { TrafficProfile } from "./traffic";

/** What an estimate assumes: of the stack, of its traffic, and of AWS where it documents nothing. */
export function assumptionsOf(
  stack: PricedStack,
  { hoursPerDay, sizes }: TrafficProfile,
  flows: readonly EntryFlow[],
  { month, activePartitions, stored }: EstimateOptions,
): readonly string[] {
  const deliveries = flows.flatMap((flow) => flow.deliveries);
  const outputs = deliveries.flatMap((delivery) => delivery.outputs);
  const when = (condition: boolean, assumption: string): readonly string[] =>
    condition ? [assumption] : [];
  const streams = flows.flatMap(({ entry }) => entry.stream ?? []);
  const onDemand = streams.some(({ declared, mode }) => declared && mode === "on-demand");
  return [
    ...stack.assumptions,
    `A month has ${month.hours} hours. List prices, without taxes, discounts and free tiers.`,
    ...when(hoursPerDay < 24, `Traffic flows for ${hoursPerDay} hours of each day.`),
    ...when(sizes.length === 1, "All records have the same size, and keys are spread evenly."),
    "Nothing fails: no retries, no error objects, no log lines. Only Firehose reads the stream.",
    ...when(
      onDemand,
      "What Firehose reads of an on-demand stream is billed as data out, which AWS does not document.",
    ),
    ...when(
      streams.length > 0,
      "Firehose rounds up each record of the stream; an aggregate of the KPL counts as one record.",
    ),
    ...when(
      outputs.length > 0,
      "One buffer for each active partition: at high rates Firehose may use more, for smaller objects.",
    ),
    ...when(
      deliveries.some(({ delivery }) => delivery.partitions) && activePartitions === undefined,
      "One active partition: more make more objects. Specify how many with --partitions.",
    ),
    ...when(
      deliveries.some(({ delivery }) =>
        delivery.outputs.some(({ kind }) => !stored.has(outputKey(delivery.name, kind))),
      ),
      "Objects are as large as their data: their compression was not measured.",
    ),
    ...when(
      outputs.some((flow) => flow.output.ages.length > 1 && flow.storedBytes < smallestMovedBytes),
      "Objects below 128 KB stay in S3 Standard: lifecycle rules do not move them.",
    ),
    ...when(
      outputs.some(
        ({ output, storedBytes }) =>
          output.ages.some(({ storageClass }) => storageClass === "INTELLIGENT_TIERING") &&
          storedBytes >= smallestMovedBytes,
      ),
      "Intelligent-Tiering bills all data as frequently accessed: less if nobody reads them.",
    ),
    ...when(
      outputs.some(({ output }) => output.encryption === "bucket key"),
      "With an S3 Bucket Key, S3 calls KMS at most once every 5 minutes.",
    ),
  ];
}
