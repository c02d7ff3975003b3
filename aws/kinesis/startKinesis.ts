import { defaultLimits, type HttpLimits, startHttpListener } from "../httpListener";
import type { LoopbackServer } from "../loopbackServer";
import { KinesisService } from "./endpoint/kinesisService";
import type { KinesisCall } from "./kinesisCall";
import { ShardThroughput } from "./operations/shardThroughput";
import { type StoreOptions, StreamStore } from "./store/streamStore";

export interface KinesisOptions extends StoreOptions {
  /** Where streams and records are kept; made if it does not exist. */
  readonly directory: string;
  /** Gets every call that puts or gets records, as it is answered. Default: nobody. */
  readonly onCall?: (call: KinesisCall) => void;
  /**
   * Regions in which clients can create streams, in addition to those in which there are streams. In
   * any other region a request fails. Default: none.
   */
  readonly regions?: readonly string[];
  /** Limits the throughput of each shard as AWS does. Default: no. */
  readonly throttle?: boolean;
  /** Default: those of `defaultLimits`. */
  readonly limits?: Partial<HttpLimits>;
  /** On loopback. Default: any that is free. */
  readonly port?: number;
}

/** Kinesis Data Streams in a directory. */
export interface Kinesis extends LoopbackServer {
  readonly store: StreamStore;
  /** Performs an operation for a caller in this process; it throws what AWS answers. */
  perform(operation: string, input: object, region: string): Promise<object>;
  /**
   * From now on answers each put with `ServiceUnavailable`, so that all accepted records can be
   * delivered; reads continue. Resolves when the last accepted records are stored.
   */
  rejectPuts(): Promise<void>;
}

/**
 * Serves the Kinesis API on a loopback port, as producers and consumers with any AWS SDK need it:
 * by HTTP/1.1 and clear-text HTTP/2, in JSON and CBOR.
 *
 * A put is acknowledged when its records are in a file of the directory.
 *
 * @throws if a running process uses the directory, it has another format, or the port is in use
 */
export async function startKinesis(options: KinesisOptions): Promise<Kinesis> {
  const { directory, onCall = () => undefined, regions = [], limits, port } = options;
  const store = await StreamStore.open(directory, options);
  try {
    const mayCreate = (region: string): boolean =>
      regions.includes(region) || store.streams(region).length > 0;
    const service = new KinesisService({
      ...{ store, mayCreate, onCall },
      ...(options.throttle && { throughput: new ShardThroughput(store.clock) }),
    });
    const server = await startHttpListener(
      (request) => service.answer(request),
      { ...defaultLimits, ...limits },
      port,
    );
    return {
      store,
      endpoint: server.endpoint,
      perform: (operation, input, region) => service.perform(operation, input, region),
      rejectPuts: () => service.rejectPuts(),
      async stop() {
        await server.stop();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
