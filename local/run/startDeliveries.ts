import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import { systemClock } from "../../aws/clock";
import {
  declaredDeliveryStreams,
  type DeliveryConfiguration,
  deliveryConfiguration,
} from "../../aws/firehose/model/deliveryConfiguration";
import { checkpointFile, type Checkpoints } from "../../aws/firehose/delivery/checkpoints";
import type { DeliveryEvent } from "../../aws/firehose/delivery/deliveryEvent";
import {
  type DeliveryStream,
  startDeliveryStream,
} from "../../aws/firehose/delivery/deliveryStream";
import {
  authorizedDestination,
  authorizedSource,
} from "../../aws/firehose/delivery/authorizedCalls";
import { kinesisSource } from "../../aws/firehose/source/kinesisSource";
import { s3Destination } from "../../aws/firehose/delivery/objectDestination";
import { type AccessReport, FirehoseAccess } from "./firehoseAccess";
import { positionsFile } from "../../aws/kinesis/generations";
import type { Journal } from "../../aws/kinesis/journal";
import { createStream, defaultStream, streamExists } from "../../aws/kinesis/createStream";
import type { ReplayReport } from "../../aws/kinesis/replay";
import { bucketExists, createBucket } from "../../aws/s3/createBucket";
import { LocalClients, type LocalEndpoints } from "./awsClients";
import { withErrorLog } from "../../aws/firehose/delivery/errorLog";

export interface DeliveryOptions {
  /** Shortens longer buffer intervals, in seconds. Default: as declared. */
  readonly maxIntervalSeconds?: number;
  readonly onEvent?: (event: DeliveryEvent) => void;
}

/** What delivery streams are started among. */
export interface DeliveryServices {
  readonly endpoints: LocalEndpoints;
  readonly journal: Pick<Journal, "directory" | "generation">;
  /** Puts what an earlier run left into its streams, which are there by then. */
  readonly resume: () => Promise<ReplayReport>;
  readonly onLog: (line: string) => void;
}

/** The delivery streams of a graph at work. */
export interface RunningDelivery {
  /** What each of them does, intervals as they are in force. */
  readonly deliveryStreams: readonly DeliveryConfiguration[];
  /** What an earlier run had accepted and not delivered. */
  readonly resumed: ReplayReport;
  /** What the roles of the delivery streams have used so far of what they may. */
  access(): AccessReport;
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
  { endpoints, journal, resume, onLog }: DeliveryServices,
  { maxIntervalSeconds = Infinity, onEvent = () => undefined }: DeliveryOptions,
): Promise<RunningDelivery> {
  const deliveryStreams = configurations(graph).map((configuration) => {
    const { name, bufferSeconds } = configuration;
    if (bufferSeconds <= maxIntervalSeconds) return configuration;
    onLog(
      `${name}: buffering interval of ${bufferSeconds} s shortened to ${maxIntervalSeconds} s.`,
    );
    return { ...configuration, bufferSeconds: maxIntervalSeconds };
  });
  const access = new FirehoseAccess(graph, onLog);
  // One attempt: a delivery stream repeats failed calls itself, and tells of each.
  const clients = new LocalClients(endpoints, 1);
  try {
    for (const configuration of deliveryStreams) {
      await createMissing(configuration, clients, onLog);
      access.checkCreation(configuration);
    }
    const resumed = await resume();
    const checkpoints = await checkpointsOf(deliveryStreams, journal);
    const running = [...checkpoints].map(([configuration, file]) =>
      startOne(configuration, { access, clients, checkpoints: file, onEvent }),
    );
    let stopped: Promise<void> | undefined;
    return {
      deliveryStreams,
      resumed,
      access: () => access.report(deliveryStreams),
      stop: () => (stopped ??= stopAll(running, clients)),
    };
  } catch (error) {
    clients.destroy();
    throw error;
  }
}

/**
 * Where delivery streams keep how far they have come. All are there before the first one reads: what
 * one of them has not delivered counts as not delivered.
 */
async function checkpointsOf(
  deliveryStreams: readonly DeliveryConfiguration[],
  { directory, generation }: DeliveryServices["journal"],
): Promise<ReadonlyMap<DeliveryConfiguration, Checkpoints>> {
  const files = new Map<DeliveryConfiguration, Checkpoints>();
  for (const configuration of deliveryStreams) {
    const { name: deliveryStream, source } = configuration;
    const id = { region: source.region, stream: source.name, deliveryStream };
    const file = checkpointFile(positionsFile(directory, generation, id));
    await file.save(new Map());
    files.set(configuration, file);
  }
  return files;
}

interface StreamServices {
  readonly access: FirehoseAccess;
  readonly clients: LocalClients;
  readonly checkpoints: Checkpoints;
  readonly onEvent: (event: DeliveryEvent) => void;
}

function startOne(
  configuration: DeliveryConfiguration,
  { access, clients, checkpoints, onEvent }: StreamServices,
): DeliveryStream {
  const { source, bucket } = configuration;
  const authorize = access.authorizeFor(configuration);
  return startDeliveryStream({
    configuration,
    source: authorizedSource(kinesisSource(clients.kinesis(source.region), source.name), authorize),
    destination: authorizedDestination(s3Destination(clients.s3(source.region), bucket), authorize),
    checkpoints,
    clock: systemClock,
    pollMilliseconds: 1000,
    onEvent: withErrorLog(configuration, () => access.mayLog(configuration), systemClock, onEvent),
  });
}

async function stopAll(running: readonly DeliveryStream[], clients: LocalClients): Promise<void> {
  const ends = await Promise.allSettled(running.map((deliveryStream) => deliveryStream.stop()));
  clients.destroy();
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

/** @throws one error with the problems of all delivery streams */
function configurations(graph: ResourceGraph): readonly DeliveryConfiguration[] {
  const read: DeliveryConfiguration[] = [];
  const problems: string[] = [];
  for (const resource of declaredDeliveryStreams(graph)) {
    try {
      read.push(deliveryConfiguration(resource));
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return read;
}

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
