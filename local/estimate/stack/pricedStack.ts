import type { StorageAge } from "./lifecycle";

/** The parts of a stack that cost money, as far as the model of a delivery stream reaches. */
export interface PricedStack {
  readonly name: string;
  readonly region: string;
  /** Where producers put records. */
  readonly entries: readonly PricedEntry[];
  /** Customer-managed keys that the stack declares. */
  readonly keys: number;
  readonly alarms: {
    /** Metrics of all alarms: an alarm on an expression has several. */
    readonly metrics: number;
    readonly composite: number;
  };
  readonly dashboards: number;
  readonly logGroups: number;
  /** What is unknown or not declared, and what is assumed for it. */
  readonly assumptions: readonly string[];
}

/** A stream with the delivery streams that read it, or a delivery stream that producers write to. */
export interface PricedEntry {
  readonly name: string;
  /** Undefined for a delivery stream without a Kinesis source. */
  readonly stream: PricedStream | undefined;
  readonly deliveries: readonly PricedDelivery[];
}

export interface PricedStream {
  /** False for one that another stack pays for. */
  readonly declared: boolean;
  readonly mode: "on-demand" | "provisioned";
  /** Undefined for an on-demand stream: as many as its traffic needs, at least 4. */
  readonly shards: number | undefined;
  readonly retentionHours: number;
  readonly encrypted: boolean;
  /** Enhanced metrics of each shard. */
  readonly shardLevelMetrics: number;
}

export interface PricedDelivery {
  readonly name: string;
  /** The objects with the records and, if declared, the backup. Empty if the destination is not S3. */
  readonly outputs: readonly PricedOutput[];
  readonly convertsFormat: boolean;
  readonly decompresses: boolean;
  readonly partitions: boolean;
  /** Whether it extracts partition keys with jq. */
  readonly usesJq: boolean;
  readonly function: PricedFunction | undefined;
}

export interface PricedFunction {
  readonly name: string;
  readonly bufferBytes: number;
  readonly bufferSeconds: number;
  /** Undefined if the stack does not declare the function. */
  readonly memoryMiB: number | undefined;
}

/** Objects in a bucket. */
export interface PricedOutput {
  readonly kind: "records" | "backup";
  readonly bucket: string;
  readonly bufferBytes: number;
  readonly bufferSeconds: number;
  readonly compression: string;
  /** A delimiter that Firehose appends to each record, in bytes. */
  readonly delimiterBytes: number;
  readonly encryption: "none" | "key" | "bucket key";
  /** Where the objects are as they grow older. */
  readonly ages: readonly StorageAge[];
}

/** The same stack with another buffer interval everywhere, for a comparison. */
export function withBufferSeconds(stack: PricedStack, bufferSeconds: number): PricedStack {
  return {
    ...stack,
    entries: stack.entries.map((entry) => ({
      ...entry,
      deliveries: entry.deliveries.map((delivery) => ({
        ...delivery,
        outputs: delivery.outputs.map((output) => ({ ...output, bufferSeconds })),
      })),
    })),
  };
}
