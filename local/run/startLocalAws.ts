import type { KinesisClient } from "@aws-sdk/client-kinesis";
import type { S3Client } from "@aws-sdk/client-s3";
import { join } from "node:path";
import type { ResourceProvider } from "../../engine/provider/resourceProvider";
import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import { openJournal } from "../../aws/kinesis/journal";
import type { KinesisCall } from "../../aws/kinesis/kinesisCall";
import { startKinesisEndpoint } from "../../aws/kinesis/kinesisEndpoint";
import { startKinesisLocal } from "../../aws/kinesis/kinesisLocal";
import { replay, type ReplayReport } from "../../aws/kinesis/replay";
import { LocalClients, localCredentials } from "./awsClients";
import { type DeliveryOptions, type RunningDelivery, startDelivery } from "./startDeliveries";
import { localProvider } from "./createDeclaredResources";
import { startObjectStore } from "../../aws/s3/objectStore";

export interface LocalAwsOptions {
  /**
   * Where buckets become folders and objects files; made if it does not exist. What its streams have
   * accepted and not delivered is kept there, too, in a hidden folder.
   */
  readonly directory: string;
  /** Gets what a user should know, a line at a time. Default: nobody. */
  readonly onLog?: (line: string) => void;
  /** Gets every call that puts or gets records, as it is answered. Default: nobody. */
  readonly onKinesisCall?: (call: KinesisCall) => void;
}

/** Kinesis, S3 and Firehose on this machine, on loopback only. */
export interface LocalAws {
  readonly kinesisEndpoint: string;
  /** Wants path-style addressing. */
  readonly s3Endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** One for each region, closed by `stop`. Streams of one region are not seen from another. */
  kinesisClient(region: string): KinesisClient;
  /** One for each region, closed by `stop`. Buckets are seen from all regions. */
  s3Client(region: string): S3Client;
  /** As `base`, and the streams and buckets that a program declares are really created. */
  provider(base: ResourceProvider): ResourceProvider;
  /**
   * Starts all delivery streams of a graph, the first time with what an earlier run in the same
   * directory accepted and did not deliver. They read their streams from the oldest record on.
   *
   * @throws one error that names all that they ask for and that is wrong or not supported here; or
   *   what AWS says when it refuses to create a delivery stream
   */
  startDelivery(graph: ResourceGraph, options?: DeliveryOptions): Promise<RunningDelivery>;
  /**
   * Stops the deliveries, each with what it has buffered, then Kinesis and S3, whatever fails.
   *
   * @throws the first failure, once all has ended
   */
  stop(): Promise<void>;
}

/** Starts Kinesis and S3 on free loopback ports. */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const { directory, onLog = () => undefined, onKinesisCall = () => undefined } = options;
  const started: Part[] = [];
  const start = async <T extends Part>(part: Promise<T>): Promise<T> => {
    started.unshift(await part);
    return part;
  };
  try {
    const store = await start(startObjectStore(directory));
    const journal = await openJournal(join(directory, streamFolder));
    await start(Promise.resolve({ stop: () => journal.close() }));
    const kinesis = await start(startKinesisLocal(onLog));
    const endpoint = await start(
      startKinesisEndpoint({ upstream: kinesis.endpoint, journal, onCall: onKinesisCall }),
    );
    const endpoints = { kinesis: endpoint.endpoint, s3: store.endpoint };
    const clients = new LocalClients(endpoints);
    let stopped: Promise<void> | undefined;
    let resumed: Promise<ReplayReport> | undefined;
    const resume = () => (resumed ??= replay(journal, (region) => clients.kinesis(region)));
    return {
      kinesisEndpoint: endpoints.kinesis,
      s3Endpoint: endpoints.s3,
      credentials: localCredentials,
      kinesisClient: (region) => clients.kinesis(region),
      s3Client: (region) => clients.s3(region),
      provider: (base) => localProvider(base, clients),
      async startDelivery(graph, deliveryOptions = {}) {
        const surroundings = { endpoints, journal, onLog, resume };
        return start(startDelivery(graph, surroundings, deliveryOptions));
      },
      stop() {
        stopped ??= stopAll(started).finally(() => {
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
  stop(): Promise<void>;
}

/** Hidden, as no bucket can be. */
const streamFolder = ".kinesis";

/** One after the other, since each may still need the next. */
async function stopAll(parts: readonly Part[]): Promise<void> {
  const failures: unknown[] = [];
  for (const part of parts) await part.stop().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
