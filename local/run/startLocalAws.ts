import { join } from "node:path";
import type { FirehoseClient } from "@aws-sdk/client-firehose";
import type { KinesisClient } from "@aws-sdk/client-kinesis";
import type { S3Client } from "@aws-sdk/client-s3";
import type { DirectPutCall } from "../../aws/firehose/endpoint/directPutCall";
import { startFirehose } from "../../aws/firehose/endpoint/startFirehose";
import type { KinesisCall } from "../../aws/kinesis/kinesisCall";
import { startKinesis } from "../../aws/kinesis/startKinesis";
import type { Stream, StreamName } from "../../aws/kinesis/store/stream";
import { StreamStore } from "../../aws/kinesis/store/streamStore";
import { startObjectStore } from "../../aws/s3/objectStore";
import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import type { ResourceProvider } from "../../engine/provider/resourceProvider";
import { LocalClients, localCredentials } from "./awsClients";
import { localProvider } from "./createDeclaredResources";
import { inProcessProducer, type InProcessProducer } from "./inProcessKinesis";
import { countRecords, type RecordCounts } from "./recordCounts";
import { type DeliveryOptions, type RunningDelivery, startDeliveries } from "./startDeliveries";

export interface LocalAwsOptions {
  /**
   * Stores buckets as directories and objects as files; created if it does not exist. A hidden
   * directory in it stores the streams with their records, another one the records that producers put
   * to delivery streams.
   */
  readonly directory: string;
  /** Limits the throughput of each shard of a stream as AWS does. Default: no. */
  readonly throttle?: boolean;
  /**
   * Waits for the disk before a record is acknowledged. Default: no; then an acknowledged record survives the
   * end of the process, but not always a power cut.
   */
  readonly flush?: boolean;
  /** Receives messages for the user, a line at a time. Default: none. */
  readonly onLog?: (line: string) => void;
  /** Receives every call that puts or gets records, as it is answered. Default: none. */
  readonly onKinesisCall?: (call: KinesisCall) => void;
  /** Receives every call that puts records to a delivery stream, as it is answered. Default: none. */
  readonly onDirectPut?: (call: DirectPutCall) => void;
  /** Port of Kinesis; S3 has the next one, and Firehose the one after it. Default: any that are free. */
  readonly port?: number;
}

/** Kinesis, S3 and Firehose on this machine, on loopback only. */
export interface LocalAws {
  readonly kinesisEndpoint: string;
  readonly firehoseEndpoint: string;
  /** Requires path-style addressing. */
  readonly s3Endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** One per region, closed by `stop`. Streams of one region are not visible in another. */
  kinesisClient(region: string): KinesisClient;
  /** A stream as it is now, also after the stop; undefined if there is none, e.g. because it was deleted. */
  stream(id: StreamName): Pick<Stream, "openShards" | "settings"> | undefined;
  /** Puts the records of the run itself on the streams of a region. */
  streamProducer(region: string): InProcessProducer;
  /** One per region, closed by `stop`. Delivery streams of one region are not visible in another. */
  firehoseClient(region: string): FirehoseClient;
  /** One per region, closed by `stop`. Buckets are visible in all regions, and created in this one. */
  s3Client(region: string): S3Client;
  /** Answers like `base`, and also creates the streams and buckets that a program declares. */
  provider(base: ResourceProvider): ResourceProvider;
  /**
   * Starts all delivery streams of a graph, the first time with the records that an earlier run in the
   * same directory accepted and did not deliver. They read their streams from the oldest record.
   *
   * @throws one error with all inputs that are invalid or not supported here; or the error with which
   *   AWS rejects the creation of a delivery stream
   */
  startDelivery(graph: ResourceGraph, options?: DeliveryOptions): Promise<RunningDelivery>;
  /** What the streams have accepted, and how much of it is not delivered; also after the stop. */
  records(): Promise<RecordCounts>;
  /**
   * Rejects further puts, delivers everything that was accepted, then stops Firehose, Kinesis and S3,
   * even if one of them fails.
   *
   * @param giveUp when it is aborted, delivery ends at once
   * @throws the first failure, once all have stopped
   */
  stop(giveUp?: AbortSignal): Promise<void>;
}

/**
 * Starts Kinesis, Firehose and S3 on loopback.
 *
 * @throws PortUnavailable
 */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const { directory, throttle = false, flush = false, port, onLog = () => undefined } = options;
  const { onKinesisCall = () => undefined, onDirectPut = () => undefined } = options;
  const started: Part[] = [];
  const start = async <T extends Part>(part: Promise<T>): Promise<T> => {
    started.unshift(await part);
    return part;
  };
  try {
    const s3Port = port === undefined ? undefined : port + 1;
    const store = await start(startObjectStore(directory, {}, s3Port));
    const kinesis = await start(
      startKinesis({
        directory: join(directory, streamDirectory),
        ...{ throttle, flush },
        onProblem: onLog,
        onCall: onKinesisCall,
        ...(port !== undefined && { port }),
      }),
    );
    const streams = kinesis.store;
    const directPuts = await StreamStore.open(join(directory, directPutDirectory), {
      flush,
      onProblem: onLog,
    });
    started.unshift({ stop: () => directPuts.close() });
    const firehose = await start(
      startFirehose({ onCall: onDirectPut, ...(port !== undefined && { port: port + 2 }) }),
    );
    const endpoints = {
      kinesis: kinesis.endpoint,
      firehose: firehose.endpoint,
      s3: store.endpoint,
    };
    const clients = new LocalClients(endpoints);
    let delivery: RunningDelivery | undefined;
    let stopped: Promise<void> | undefined;
    return {
      kinesisEndpoint: endpoints.kinesis,
      firehoseEndpoint: endpoints.firehose,
      s3Endpoint: endpoints.s3,
      credentials: localCredentials,
      kinesisClient: (region) => clients.kinesis(region),
      stream: (id) => streams.stream(id),
      streamProducer: (region) => inProcessProducer(kinesis, region),
      firehoseClient: (region) => clients.firehose(region),
      s3Client: (region) => clients.s3(region),
      provider: (base) => localProvider(base, { clients, streams }),
      async startDelivery(graph, deliveryOptions = {}) {
        const services = { endpoints, kinesis, directPuts, firehose, onLog };
        delivery = await start(startDeliveries(graph, services, deliveryOptions));
        return delivery;
      },
      records: () => delivery?.records() ?? countRecords([streams, directPuts]),
      stop(giveUp) {
        stopped ??= Promise.all([kinesis.rejectPuts(), firehose.rejectPuts()])
          .then(() => stopAll(started, giveUp))
          .finally(() => {
            clients.destroy();
          });
        return stopped;
      },
    };
  } catch (error) {
    await stopAll(started).catch(() => undefined);
    throw error;
  }
}

interface Part {
  stop(giveUp?: AbortSignal): Promise<void>;
}

/** The leading dot hides them, and no bucket name starts with one. */
const streamDirectory = ".kinesis";
const directPutDirectory = ".firehose";

/** One after the other, since each may still use the next. */
async function stopAll(parts: readonly Part[], giveUp?: AbortSignal): Promise<void> {
  const failures: unknown[] = [];
  for (const part of parts) await part.stop(giveUp).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
