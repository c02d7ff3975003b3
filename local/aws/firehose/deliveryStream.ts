import { ObjectDelivery, type DeliveryContext } from "./objectDelivery";
import { readStream } from "./streamReader";
import type { StreamSource } from "./streamSource";

export interface DeliveryStreamContext extends DeliveryContext {
  readonly source: StreamSource;
  /** Between two GetRecords calls to one shard. Firehose: 1000. */
  readonly pollMilliseconds: number;
}

/** A delivery stream at work. */
export interface DeliveryStream {
  /**
   * Stops reading, delivers what is buffered, and resolves when that is done.
   *
   * @throws if the bucket refuses it for too long
   */
  stop(): Promise<void>;
}

/**
 * Does what Firehose does between a stream and a bucket, until it is stopped. It reads from the
 * oldest record on.
 */
export function startDeliveryStream(context: DeliveryStreamContext): DeliveryStream {
  const { onEvent } = context;
  const deliveryStream = context.configuration.name;
  const delivery = new ObjectDelivery(context);
  const reading = new AbortController();
  const { signal } = reading;
  const finished = readStream({
    ...context,
    signal,
    onRetry: (call) => {
      onEvent({ type: "retry", deliveryStream, ...call });
    },
    accept: async (shardId, records) => {
      const bytes = records.reduce((sum, { data }) => sum + data.length, 0);
      onEvent({ type: "records-read", deliveryStream, shardId, records: records.length, bytes });
      await delivery.accept(records, signal);
    },
  });
  return {
    async stop() {
      reading.abort();
      await finished;
      await delivery.stop();
    },
  };
}
