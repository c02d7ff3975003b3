import { type ObjectFlow, objectFlow } from "./objectFlow";
import { neededShards } from "./shards";
import type { PricedDelivery, PricedEntry, PricedOutput, PricedStack } from "./stack/pricedStack";
import type { StoredSize } from "./storedSizes";
import {
  type BilledMonth,
  GIB,
  KIB,
  meanBytes,
  meanSteps,
  monthlyRecords,
  type TrafficProfile,
} from "./traffic";

/** What an estimate knows in addition to the stack and its traffic. */
export interface EstimateOptions {
  readonly month: BilledMonth;
  /** Partitions that get records within an interval; undefined if unknown. */
  readonly activePartitions?: number | undefined;
  /** Mean duration of an invocation; undefined if unknown. */
  readonly functionMs?: number | undefined;
  /** Hours of jq in a month (metric `JQProcessing.Duration`); undefined if unknown. */
  readonly jqHours?: number | undefined;
  /** How the objects of each output become smaller, by {@link outputKey}; measured by packing records. */
  readonly stored: ReadonlyMap<string, readonly StoredSize[]>;
}

export function outputKey(delivery: string, kind: PricedOutput["kind"]): string {
  return `${delivery} ${kind}`;
}

/** The traffic of a month through an entry of the stack. */
export interface EntryFlow {
  readonly entry: PricedEntry;
  readonly traffic: TrafficProfile;
  readonly records: number;
  readonly gigabytes: number;
  /** Of a provisioned stream, or needed by the traffic. */
  readonly shards: number;
  readonly deliveries: readonly DeliveryFlow[];
}

/** The traffic of a month through a delivery stream. */
export interface DeliveryFlow {
  readonly delivery: PricedDelivery;
  /** GB that Firehose bills: each record is rounded up. */
  readonly billedGigabytes: number;
  readonly outputs: readonly OutputFlow[];
}

export interface OutputFlow extends ObjectFlow {
  readonly output: PricedOutput;
  readonly objects: number;
  /** Of data, before compression. */
  readonly dataGigabytes: number;
  readonly storedGigabytes: number;
}

/** The step to which Firehose rounds each record up. Source: Firehose pricing page. */
export const firehoseStepBytes = 5 * KIB;

export function entryFlows(
  stack: PricedStack,
  traffic: TrafficProfile,
  options: EstimateOptions,
): readonly EntryFlow[] {
  const records = monthlyRecords(traffic, options.month);
  const gigabytes = (records * meanBytes(traffic.sizes)) / GIB;
  return stack.entries.map((entry) => ({
    ...{ entry, traffic, records, gigabytes },
    shards: entry.stream?.shards ?? neededShards(traffic, entry.deliveries.length),
    deliveries: entry.deliveries.map((delivery) => deliveryFlow(delivery, traffic, options)),
  }));
}

function deliveryFlow(
  delivery: PricedDelivery,
  traffic: TrafficProfile,
  options: EstimateOptions,
): DeliveryFlow {
  const { month, stored, activePartitions = 1 } = options;
  const records = monthlyRecords(traffic, month);
  const { sizes, recordsPerSecond, decompressedBytes } = traffic;
  const seconds = records === 0 ? 0 : records / recordsPerSecond;
  return {
    delivery,
    billedGigabytes: (records * meanSteps(sizes, firehoseStepBytes) * firehoseStepBytes) / GIB,
    outputs: delivery.outputs.map((output) => {
      // The backup gets the records as they were read.
      const isSource = output.kind === "backup" || !delivery.decompresses;
      const recordBytes = (isSource ? undefined : decompressedBytes) ?? meanBytes(sizes);
      const rate = { recordsPerSecond, recordBytes };
      const flow = objectFlow(
        output,
        delivery,
        rate,
        activePartitions,
        stored.get(outputKey(delivery.name, output.kind)) ?? [],
      );
      const objects = flow.perSecond * seconds;
      return {
        ...flow,
        output,
        objects,
        dataGigabytes: (objects * flow.dataBytes) / GIB,
        storedGigabytes: (objects * flow.storedBytes) / GIB,
      };
    }),
  };
}
