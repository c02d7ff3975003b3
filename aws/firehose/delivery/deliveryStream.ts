import { readStream } from "../source/streamReader";
import type { StreamSource } from "../source/streamSource";
import type { FailedCall } from "./deliveryEvent";
import { type DeliveryContext, ObjectDelivery } from "./objectDelivery";
import { retryUntilDone } from "./retry";

export interface DeliveryStreamContext extends DeliveryContext {
  readonly source: StreamSource;
  /** Between two GetRecords calls to one shard. Firehose: 1000. */
  readonly pollMilliseconds: number;
}

/** A running delivery stream. */
export interface DeliveryStream {
  /**
   * Stops reading, delivers what is buffered, and resolves when that is done.
   *
   * @throws if the bucket rejects it for too long
   */
  stop(): Promise<void>;
}

/**
 * Does what Firehose does between a stream and a bucket, until it is stopped. It continues after what
 * it delivered before, or else starts with the oldest record.
 */
export function startDeliveryStream(context: DeliveryStreamContext): DeliveryStream {
  const { clock, checkpoints, onEvent } = context;
  const deliveryStream = context.configuration.name;
  const reading = new AbortController();
  const { signal } = reading;
  const onFailure = (call: FailedCall) => {
    onEvent({ type: "call-failed", deliveryStream, at: clock.now(), ...call });
  };
  const read = async (): Promise<ObjectDelivery | undefined> => {
    const positions = await retryUntilDone("Checkpoint", { clock, onFailure, signal }, () =>
      checkpoints.load(),
    );
    if (positions === undefined) return undefined;
    const delivery = new ObjectDelivery(context, positions);
    await readStream({
      ...context,
      positions,
      signal,
      onFailure,
      accept: async (shardId, { records, millisBehindLatest }) => {
        onEvent({
          type: "records-read",
          deliveryStream,
          at: clock.now(),
          shardId,
          records: records.length,
          bytes: records.reduce((sum, { data }) => sum + data.length, 0),
          millisBehindLatest,
        });
        await delivery.accept(shardId, records, signal);
      },
    });
    return delivery;
  };
  const finished = read();
  return {
    async stop() {
      reading.abort();
      await (await finished)?.stop();
    },
  };
}
