import type { ObjectDestination } from "./objectDestination";
import type { StreamSource } from "../source/streamSource";

/** A call that a delivery stream is about to make. */
export type FirehoseCall =
  | { readonly operation: "ListShards" | "GetShardIterator" | "GetRecords" }
  | { readonly operation: "PutObject"; readonly key: string };

/** Decides whether a call may be made. It throws an {@link AccessDeniedError} if it may not. */
export type Authorize = (call: FirehoseCall) => void;

/** A source whose calls are judged first, one by one, as IAM does. */
export function authorizedSource(source: StreamSource, authorize: Authorize): StreamSource {
  return {
    async listShards(signal) {
      authorize({ operation: "ListShards" });
      return source.listShards(signal);
    },
    async shardIterator(shardId, after, signal) {
      authorize({ operation: "GetShardIterator" });
      return source.shardIterator(shardId, after, signal);
    },
    async records(iterator, signal) {
      authorize({ operation: "GetRecords" });
      return source.records(iterator, signal);
    },
  };
}

/** A destination whose calls are judged first. */
export function authorizedDestination(
  destination: ObjectDestination,
  authorize: Authorize,
): ObjectDestination {
  return {
    async put(object, signal) {
      authorize({ operation: "PutObject", key: object.key });
      await destination.put(object, signal);
    },
  };
}
