import { resourcesOfType, type ResourceGraph } from "../engine/resourceGraph";
import { systemClock } from "./clock";
import {
  deliveryConfiguration,
  type DeliveryConfiguration,
} from "./firehose/deliveryConfiguration";
import type { DeliveryEvent } from "./firehose/deliveryEvent";
import { startDeliveryStream } from "./firehose/deliveryStream";
import { kinesisSource } from "./firehose/kinesisSource";
import { s3Destination } from "./firehose/objectDestination";
import { bucketExists, createBucket } from "./localBuckets";
import { LocalClients, type LocalEndpoints } from "./localClients";
import { createStream, defaultStream, streamExists } from "./localStreams";

export interface DeliveryOptions {
  /** Shortens longer buffer intervals, in seconds. Default: as declared. */
  readonly maxIntervalSeconds?: number;
  readonly onEvent?: (event: DeliveryEvent) => void;
}

/** The delivery streams of a graph at work. */
export interface RunningDelivery {
  /** What each of them does, intervals as they are in force. */
  readonly deliveryStreams: readonly DeliveryConfiguration[];
  /**
   * Delivers what is buffered and ends them all.
   *
   * @throws if a bucket refuses its objects for too long
   */
  stop(): Promise<void>;
}

/** Starts all delivery streams that a graph declares. */
export async function startDelivery(
  graph: ResourceGraph,
  endpoints: LocalEndpoints,
  options: DeliveryOptions,
  onLog: (line: string) => void,
): Promise<RunningDelivery> {
  const { maxIntervalSeconds = Infinity, onEvent = () => undefined } = options;
  const deliveryStreams = configurations(graph).map((configuration) => {
    const { name, bufferSeconds } = configuration;
    if (bufferSeconds <= maxIntervalSeconds) return configuration;
    onLog(
      `${name}: buffering interval of ${bufferSeconds} s shortened to ${maxIntervalSeconds} s.`,
    );
    return { ...configuration, bufferSeconds: maxIntervalSeconds };
  });
  // One attempt: a delivery stream repeats failed calls itself, and tells of each.
  const clients = new LocalClients(endpoints, 1);
  for (const configuration of deliveryStreams) await createMissing(configuration, clients, onLog);

  const running = deliveryStreams.map((configuration) => {
    const { source, bucket } = configuration;
    return startDeliveryStream({
      configuration,
      source: kinesisSource(clients.kinesis(source.region), source.name),
      destination: s3Destination(clients.s3(source.region), bucket),
      clock: systemClock,
      pollMilliseconds: 1000,
      onEvent,
    });
  });
  return {
    deliveryStreams,
    async stop() {
      const ends = await Promise.allSettled(running.map((deliveryStream) => deliveryStream.stop()));
      clients.destroy();
      for (const end of ends) if (end.status === "rejected") throw end.reason;
    },
  };
}

/** @throws one error with the problems of all delivery streams */
function configurations(graph: ResourceGraph): readonly DeliveryConfiguration[] {
  const read: DeliveryConfiguration[] = [];
  const problems: string[] = [];
  for (const resource of resourcesOfType(graph, deliveryStreamType)) {
    if (resource.external) continue;
    try {
      read.push(deliveryConfiguration(resource));
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return read;
}

const deliveryStreamType = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";

/** What a graph names by its ARN exists in AWS already; on this machine it is made now. */
async function createMissing(
  { name, source, bucket }: DeliveryConfiguration,
  clients: LocalClients,
  onLog: (line: string) => void,
): Promise<void> {
  const kinesis = clients.kinesis(source.region);
  if (!(await streamExists(kinesis, source.name))) {
    await createStream(kinesis, source.name, defaultStream);
    onLog(
      `The stream ${source.name} is not declared here, only named by ${name}: created locally.`,
    );
  }
  const s3 = clients.s3(source.region);
  if (!(await bucketExists(s3, bucket))) {
    await createBucket(s3, bucket);
    onLog(`The bucket ${bucket} is not declared here, only named by ${name}: created locally.`);
  }
}
