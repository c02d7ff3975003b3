import { readStream } from "../source/streamReader";
import type { StreamSource } from "../source/streamSource";
import { TransformationBuffers } from "../transformation/transformationBuffers";
import { DeliveryCalls } from "./deliveryCalls";
import { type DeliveryContext, ObjectDelivery } from "./objectDelivery";

export interface DeliveryStreamContext extends DeliveryContext {
  readonly source: StreamSource;
  /** Between two GetRecords calls to one shard. Firehose: 1000. */
  readonly pollMilliseconds: number;
}

/** A running delivery stream. */
export interface DeliveryStream {
  /**
   * Reads everything that is in the stream now, the children of split and merged shards included,
   * delivers it, and ends.
   *
   * @param giveUp ends it at once
   * @throws if a bucket or the source makes no progress for 10 s, at once if IAM denies a call, and
   *   at once when `giveUp` is aborted. If only the destination or only the backup fails, the other one
   *   first gets all records. Nothing is lost: it continues there when it is started again.
   */
  stop(giveUp?: AbortSignal): Promise<void>;
}

/**
 * Does what Firehose does between a stream and a bucket, until it is stopped. It continues after what
 * it delivered before, or else starts with the oldest record.
 */
export function startDeliveryStream(context: DeliveryStreamContext): DeliveryStream {
  const { clock, onEvent } = context;
  const { name, bucket, backup } = context.configuration;
  const calls = new DeliveryCalls({
    clock,
    bucket,
    ...(backup && { backupBucket: backup.bucket }),
    onFailure: (call) => {
      onEvent({ type: "call-failed", deliveryStream: name, at: clock.now(), ...call });
    },
  });
  const drained = readAndDeliver(context, calls);
  let stopped: Promise<void> | undefined;
  return {
    stop(giveUp) {
      stopped ??= calls.drain(drained).catch((error: unknown) => {
        throw new Error(`${name}: not everything is delivered: ${(error as Error).message}`);
      });
      const giveUpNow = (): void => {
        calls.giveUp("it was stopped before the end.");
      };
      giveUp?.addEventListener("abort", giveUpNow, { once: true });
      if (giveUp?.aborted) giveUpNow();
      return stopped;
    },
  };
}

/** Resolves when everything is read and delivered after a stop, or when the calls give up. */
async function readAndDeliver(context: DeliveryStreamContext, calls: DeliveryCalls): Promise<void> {
  const { clock, checkpoints, configuration, onEvent } = context;
  const positions = await calls.repeat("Checkpoint", () => checkpoints.load());
  if (positions === undefined) return;
  const delivery = new ObjectDelivery(context, positions, calls);
  const buffers = buffersOf(context, delivery);
  await readStream({
    ...context,
    calls,
    positions,
    accept: (shardId, { records, nextIterator, millisBehindLatest }) => {
      onEvent({
        type: "records-read",
        deliveryStream: configuration.name,
        at: clock.now(),
        shardId,
        records: records.length,
        bytes: records.reduce((sum, { data }) => sum + data.length, 0),
        millisBehindLatest,
      });
      return buffers === undefined
        ? delivery.accept(shardId, records)
        : buffers.add(shardId, records, nextIterator === undefined);
    },
  });
  await buffers?.flush();
  await delivery.stop();
}

/** The buffers in front of a function; undefined without one. */
function buffersOf(
  { configuration, clock }: DeliveryStreamContext,
  delivery: ObjectDelivery,
): TransformationBuffers | undefined {
  const lambda = configuration.processors.find((processor) => processor.type === "Lambda");
  if (lambda === undefined) return undefined;
  const hints = {
    sizeBytes: lambda.bufferSizeMiB * 1024 * 1024,
    intervalMilliseconds: lambda.bufferSeconds * 1000,
  };
  return new TransformationBuffers(hints, clock, (shardId, records) =>
    delivery.accept(shardId, records),
  );
}
