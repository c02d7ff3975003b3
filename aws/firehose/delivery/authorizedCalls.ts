import type { ObjectDestination } from "./objectDestination";
import type { StreamSource } from "../source/streamSource";

/** A call that a delivery stream is about to make. */
export type FirehoseCall =
  | { readonly operation: "ListShards" | "GetShardIterator" | "GetRecords" }
  | { readonly operation: "PutObject"; readonly key: string };

/** Decides whether a call may be made. It throws an {@link AccessDeniedError} if it may not. */
export type Judge = (call: FirehoseCall) => void;

/** A source whose calls are judged first, one by one, as IAM does. */
export function judgedSource(source: StreamSource, judge: Judge): StreamSource {
  return {
    async listShards(signal) {
      judge({ operation: "ListShards" });
      return source.listShards(signal);
    },
    async shardIterator(shardId, after, signal) {
      judge({ operation: "GetShardIterator" });
      return source.shardIterator(shardId, after, signal);
    },
    async records(iterator, signal) {
      judge({ operation: "GetRecords" });
      return source.records(iterator, signal);
    },
  };
}

/** A destination whose calls are judged first. */
export function judgedDestination(destination: ObjectDestination, judge: Judge): ObjectDestination {
  return {
    async put(object, signal) {
      judge({ operation: "PutObject", key: object.key });
      await destination.put(object, signal);
    },
  };
}
