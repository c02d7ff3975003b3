import { systemClock } from "../../aws/clock";
import {
  authorizedDestination,
  authorizedSource,
} from "../../aws/firehose/delivery/authorizedCalls";
import { checkpointFile, type Checkpoints } from "../../aws/firehose/delivery/checkpoints";
import type { DeliveryEvent } from "../../aws/firehose/delivery/deliveryEvent";
import {
  type DeliveryStream,
  startDeliveryStream,
} from "../../aws/firehose/delivery/deliveryStream";
import { withErrorLog } from "../../aws/firehose/delivery/errorLog";
import { s3Destination } from "../../aws/firehose/delivery/objectDestination";
import {
  type DeliveryConfiguration,
  deliveryConfiguration,
} from "../../aws/firehose/model/deliveryConfiguration";
import {
  declaredDeliveryStreams,
  readDeliveryStream,
} from "../../aws/firehose/model/deliveryStream";
import { kinesisSource } from "../../aws/firehose/source/kinesisSource";
import type { StreamReaderId } from "../../aws/kinesis/store/positions";
import type { StreamStore, UndeliveredRecords } from "../../aws/kinesis/store/streamStore";
import { bucketExists, createBucket } from "../../aws/s3/createBucket";
import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import { LocalClients, type LocalEndpoints } from "./awsClients";
import { type AccessReport, FirehoseAccess } from "./firehoseAccess";

export interface DeliveryOptions {
  /** Maximum buffer interval, in seconds; longer ones are shortened. Default: none. */
  readonly maxIntervalSeconds?: number;
  readonly onEvent?: (event: DeliveryEvent) => void;
}

/** The local services that delivery streams use. */
export interface DeliveryServices {
  readonly endpoints: LocalEndpoints;
  readonly streams: StreamStore;
  readonly onLog: (line: string) => void;
}

/** The running delivery streams of a graph. */
export interface RunningDelivery {
  /** Their configurations, with the buffer intervals in effect. */
  readonly deliveryStreams: readonly DeliveryConfiguration[];
  /** The records that an earlier run accepted and did not deliver. */
  readonly resumed: UndeliveredRecords;
  /** Which permissions the roles of the delivery streams have used so far. */
  access(): AccessReport;
  /**
   * Delivers what is buffered and stops all delivery streams.
   *
   * @throws if a bucket rejects its objects for too long
   */
  stop(): Promise<void>;
}

/** Starts all delivery streams that a graph declares. */
export async function startDeliveries(
  graph: ResourceGraph,
  { endpoints, streams, onLog }: DeliveryServices,
  { maxIntervalSeconds = Infinity, onEvent = () => undefined }: DeliveryOptions,
): Promise<RunningDelivery> {
  const deliveryStreams = configurations(graph).map((configuration) => {
    const { name, bufferSeconds } = configuration;
    if (bufferSeconds <= maxIntervalSeconds) return configuration;
    onLog(`${name}: buffer interval of ${bufferSeconds} s shortened to ${maxIntervalSeconds} s.`);
    return {
      ...configuration,
      bufferSeconds: maxIntervalSeconds,
      declaredBufferSeconds: bufferSeconds,
    };
  });
  const access = new FirehoseAccess(graph, onLog);
  // One attempt, because a delivery stream itself repeats failed calls and reports each.
  const clients = new LocalClients(endpoints, 1);
  try {
    for (const configuration of deliveryStreams) {
      await createMissing(configuration, { streams, clients, onLog });
      access.checkCreation(configuration);
    }
    const resumed = await streams.undelivered(deliveryStreams.map(readerOf));
    const checkpoints = await checkpointsOf(deliveryStreams, streams);
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
 * The checkpoint files of all delivery streams. All exist before the first one reads, because a record
 * counts as delivered only when every delivery stream with a file has delivered it.
 */
async function checkpointsOf(
  deliveryStreams: readonly DeliveryConfiguration[],
  streams: StreamStore,
): Promise<ReadonlyMap<DeliveryConfiguration, Checkpoints>> {
  const files = new Map<DeliveryConfiguration, Checkpoints>();
  for (const configuration of deliveryStreams) {
    const file = await streams.positionsOf(readerOf(configuration));
    files.set(configuration, checkpointFile(file));
  }
  return files;
}

function readerOf({ name, source }: DeliveryConfiguration): StreamReaderId {
  return { region: source.region, stream: source.name, deliveryStream: name };
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
      read.push(deliveryConfiguration(readDeliveryStream(resource)));
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return read;
}

/** Creates the stream and bucket that a graph only refers to by ARN, since they exist only in AWS. */
async function createMissing(
  { name, source, bucket }: DeliveryConfiguration,
  { streams, clients, onLog }: Omit<DeliveryServices, "endpoints"> & { clients: LocalClients },
): Promise<void> {
  const id = { region: source.region, name: source.name };
  if (!streams.stream(id)) {
    await streams.create(id, { mode: "ON_DEMAND" });
    onLog(
      `The stream ${source.name} is not declared, only referenced by ${name}: created locally.`,
    );
  }
  const s3 = clients.s3(source.region);
  if (!(await bucketExists(s3, bucket))) {
    await createBucket(s3, bucket);
    onLog(`The bucket ${bucket} is not declared, only referenced by ${name}: created locally.`);
  }
}
