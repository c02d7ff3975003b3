import type { StreamSource } from "../source/streamSource";
import type { ObjectDestination } from "./objectDestination";

/** A call that a delivery stream is about to make. */
export type FirehoseCall =
  | { readonly operation: "ListShards" | "GetShardIterator" | "GetRecords" }
  | { readonly operation: "PutObject"; readonly key: string }
  | { readonly operation: "InvokeFunction" };

/** Authorizes a call as IAM does. It throws an `AccessDeniedError` if the call is denied. */
export type Authorize = (call: FirehoseCall) => void;

/** A source whose calls are authorized first, one by one, as by IAM. */
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

/** A destination whose calls are authorized first. */
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

/** The invocation of a function, authorized first each time. */
export function authorizedInvoker<Arguments extends readonly unknown[], Answer>(
  invoke: (...given: Arguments) => Promise<Answer>,
  authorize: Authorize,
): (...given: Arguments) => Promise<Answer> {
  return async (...given) => {
    authorize({ operation: "InvokeFunction" });
    return invoke(...given);
  };
}
