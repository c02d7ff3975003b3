import type { Clock } from "../../clock";
import type { QueryObserver } from "../features/processorFeature";
import type { DeliveryConfiguration } from "../model/deliveryConfiguration";
import { partitionRecords } from "../processing/partitionRecords";
import {
  processRecords,
  type RecordProcessing,
  splitAggregates,
  splittingForTwo,
} from "../processing/processRecords";
import type { SourceRecord } from "../source/streamSource";
import type { FunctionContext, FunctionInvoker } from "../transformation/functionInvoker";
import type { Checkpoints, Positions } from "./checkpoints";
import { CheckpointWriter } from "./checkpointWriter";
import type { DeliveryCalls } from "./deliveryCalls";
import type { DeliveryEvent } from "./deliveryEvent";
import type { ObjectDestination } from "./objectDestination";
import { type RandomSource, systemRandom } from "./objectKey";
import { ObjectOutput } from "./objectOutput";
import { type Packing, realPacking } from "./outgoingObjects";
import { SourceProgress } from "./sourceProgress";

export interface DeliveryContext {
  readonly configuration: DeliveryConfiguration;
  readonly destination: ObjectDestination;
  /** Stores the backup of the source records. Required if the configuration has one. */
  readonly backupDestination?: ObjectDestination;
  readonly checkpoints: Checkpoints;
  readonly clock: Clock;
  readonly onEvent: (event: DeliveryEvent) => void;
  /** Default: `systemRandom`. */
  readonly random?: RandomSource;
  /** Default: `realPacking`. */
  readonly pack?: Packing;
  /** Default: the processors of the configuration. */
  readonly process?: RecordProcessing;
  /** Calls the function of a Lambda processor. Default: none; then such a processor fails. */
  readonly functions?: FunctionInvoker;
  /** How many partitions can be active. Default: 500, as in AWS. */
  readonly maximumPartitions?: number;
  /** Of data in all buffers of an output together. Default: twice the size of one buffer. */
  readonly maximumBufferedBytes?: number;
}

/**
 * Turns records into objects in the bucket: processed ones in that of the destination and, with a
 * backup, source records in that of the backup. Each output buffers and retries alone; the slower one
 * decides when more records are accepted. The position is saved up to the first record that one of them
 * still needs.
 */
export class ObjectDelivery {
  readonly #context: DeliveryContext;
  readonly #calls: DeliveryCalls;
  readonly #process: RecordProcessing;
  readonly #destination: ObjectOutput;
  readonly #backup: ObjectOutput | undefined;
  readonly #checkpoint: CheckpointWriter;

  /** @param positions in the shards, as last saved */
  constructor(context: DeliveryContext, positions: Positions, calls: DeliveryCalls) {
    const { configuration, checkpoints, clock, destination, backupDestination } = context;
    const { random = systemRandom, pack = realPacking, maximumPartitions = 500 } = context;
    const { processors, backup } = configuration;
    const progress = new SourceProgress(positions);
    const others = backup === undefined ? [] : [new SourceProgress(positions)];
    const checkpoint = new CheckpointWriter(
      checkpoints,
      calls,
      () => progress.positions(...others),
      positions,
    );
    const { onEvent } = context;
    const queries: QueryObserver = {
      clock,
      onRun: (run) => {
        const { name: deliveryStream } = configuration;
        onEvent({ type: "keys-extracted", deliveryStream, at: clock.now(), ...run });
      },
    };
    const { maximumBufferedBytes } = context;
    const shared = {
      ...{ calls, clock, onEvent, random, pack, maximumPartitions, checkpoint },
      ...(maximumBufferedBytes !== undefined && { maximumBufferedBytes }),
    };
    this.#context = context;
    this.#calls = calls;
    this.#checkpoint = checkpoint;
    const process: RecordProcessing =
      context.process ??
      ((records, at, shardId, split) =>
        processRecords(records, processors, {
          ...{ at, queries, ...this.#functions(shardId) },
          ...(split && { split }),
        }));
    this.#process = partitionRecords(process, configuration);
    this.#destination = new ObjectOutput({
      ...{ ...shared, output: "destination", configuration, destination, progress },
    });
    const [backupProgress] = others;
    if (backup === undefined || backupProgress === undefined) return;
    if (backupDestination === undefined) throw new Error("The backup has no destination.");
    this.#backup = new ObjectOutput({
      ...{ ...shared, output: "backup", configuration: backup },
      ...{ destination: backupDestination, progress: backupProgress },
    });
  }

  /**
   * Takes over records of a shard.
   *
   * @returns undefined if they are taken over and there is room for more; otherwise a promise that
   *   resolves when both is so, or on giving up
   */
  accept(shardId: string, records: readonly SourceRecord[]): Promise<void> | undefined {
    if (records.length === 0) return undefined;
    const split = this.#backup && splittingForTwo();
    const backingUp = this.#backup?.accept(shardId, splitAggregates(records, split));
    const processed = this.#process(records, this.#context.clock.now(), shardId, split);
    const delivering = this.#destination.accept(shardId, processed);
    if (backingUp === undefined || delivering === undefined) return backingUp ?? delivering;
    return Promise.all([backingUp, delivering]).then(() => undefined);
  }

  /** What a Lambda processor needs for the records of a shard. */
  #functions(shardId: string): { readonly functions?: FunctionContext } {
    const { configuration, clock, functions: invoker, onEvent } = this.#context;
    if (invoker === undefined) return {};
    const { name, arn, source } = configuration;
    return {
      functions: {
        ...{ invoker, shardId, clock, signal: this.#calls.gaveUpOn("destination") },
        attempts: () => this.#calls.attempts("destination"),
        ...{ deliveryStreamArn: arn, region: source.region },
        ...(source.type === "kinesis" && { sourceStreamArn: source.arn }),
        onCall: (call) => {
          onEvent({ type: "function-called", deliveryStream: name, at: clock.now(), ...call });
        },
      },
    };
  }

  /**
   * Delivers what is left, without waiting for a buffer to fill or its interval to end. Resolves when
   * that is done, or on giving up.
   */
  async stop(): Promise<void> {
    await Promise.all([this.#destination.stop(), this.#backup?.stop()]);
    await this.#checkpoint.save();
  }
}
