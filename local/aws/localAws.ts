import type { KinesisClient } from "@aws-sdk/client-kinesis";
import type { S3Client } from "@aws-sdk/client-s3";
import type { ResourceGraph } from "../engine/resourceGraph";
import type { ResourceProvider } from "../engine/provider/resourceProvider";
import { startKinesisLocal } from "./kinesisLocal";
import { LocalClients, localCredentials } from "./localClients";
import { startDelivery, type DeliveryOptions, type RunningDelivery } from "./localDelivery";
import { localProvider } from "./localProvider";
import { startObjectStore } from "./objectStore/objectStore";

export interface LocalAwsOptions {
  /** Where buckets become folders and objects files; made if it does not exist. */
  readonly directory: string;
  /** Gets what a user should know, a line at a time. Default: nobody. */
  readonly onLog?: (line: string) => void;
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
   * Starts all delivery streams of a graph. They read their streams from the oldest record on.
   *
   * @throws one error that names all that they ask for and that is wrong or not supported here
   */
  startDelivery(graph: ResourceGraph, options?: DeliveryOptions): Promise<RunningDelivery>;
  /**
   * Stops the deliveries, each with what it has buffered, then Kinesis and S3, whatever fails.
   *
   * @throws the first failure, once all has ended
   */
  stop(): Promise<void>;
}

/** Starts Kinesis and S3 on free loopback ports. What is in Kinesis ends with `stop`. */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const { directory, onLog = () => undefined } = options;
  const store = await startObjectStore(directory);
  const kinesis = await startKinesisLocal(onLog).catch(async (error: unknown) => {
    await store.stop();
    throw error;
  });
  const endpoints = { kinesis: kinesis.endpoint, s3: store.endpoint };
  const clients = new LocalClients(endpoints);
  const running: RunningDelivery[] = [];
  let stopped: Promise<void> | undefined;
  return {
    kinesisEndpoint: endpoints.kinesis,
    s3Endpoint: endpoints.s3,
    credentials: localCredentials,
    kinesisClient: (region) => clients.kinesis(region),
    s3Client: (region) => clients.s3(region),
    provider: (base) => localProvider(base, clients),
    async startDelivery(graph, deliveryOptions = {}) {
      const delivery = await startDelivery(graph, endpoints, deliveryOptions, onLog);
      running.push(delivery);
      return delivery;
    },
    stop() {
      stopped ??= stopAll([...running, { stop: () => kinesis.stop() }, store], clients);
      return stopped;
    },
  };
}

/** One after the other, since the deliveries still need the services. */
async function stopAll(
  parts: readonly { stop(): Promise<void> }[],
  clients: LocalClients,
): Promise<void> {
  const failures: unknown[] = [];
  for (const part of parts) await part.stop().catch((error: unknown) => failures.push(error));
  clients.destroy();
  if (failures.length > 0) throw failures[0];
}
