import { systemClock } from "../../aws/clock";
import {
  authorizedDestination,
  authorizedInvoker,
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
import type { DeliveryConfiguration } from "../../aws/firehose/model/deliveryConfiguration";
import type { Firehose } from "../../aws/firehose/endpoint/startFirehose";
import { JqQuery } from "../../aws/firehose/jq/jqQuery";
import type { FunctionInvoker } from "../../aws/firehose/transformation/functionInvoker";
import { kinesisSource } from "../../aws/firehose/source/kinesisSource";
import type { StreamSource } from "../../aws/firehose/source/streamSource";
import type { Kinesis } from "../../aws/kinesis/startKinesis";
import type { StreamStore } from "../../aws/kinesis/store/streamStore";
import type { UndeliveredRecords } from "../../aws/kinesis/store/undelivered";
import { noTables, type TableLookup } from "../../aws/glue/catalogTable";
import { bucketExists, createBucket } from "../../aws/s3/createBucket";
import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import { LocalClients, type LocalEndpoints } from "./awsClients";
import { configurations, withShorterIntervals } from "./configurations";
import { type DirectPutRecords, openDirectPut } from "./directPut";
import { type AccessReport, FirehoseAccess } from "./firehoseAccess";
import { inProcessReads } from "./inProcessKinesis";
import { type GivenFunction, startFunctions } from "./startFunctions";
import { countRecords, type ReadSource, type RecordCounts, undeliveredIn } from "./recordCounts";

export interface DeliveryOptions {
  /** Maximum buffer interval, in seconds; longer ones are shortened. Default: none. */
  readonly maxIntervalSeconds?: number;
  readonly onEvent?: (event: DeliveryEvent) => void;
  /** Tables of the data catalog that the program does not declare. Default: none. */
  readonly tables?: TableLookup;
  /** To which the paths in the program are relative. Default: the working directory. */
  readonly programDirectory?: string;
  /** Functions that run in place of those of AWS. Default: none. */
  readonly givenFunctions?: readonly GivenFunction[];
}

/** The local services that delivery streams use. */
export interface DeliveryServices {
  readonly endpoints: LocalEndpoints;
  readonly kinesis: Kinesis;
  /** Where the records of delivery streams without a source are stored. */
  readonly directPuts: StreamStore;
  readonly firehose: Firehose;
  readonly onLog: (line: string) => void;
}

/** The running delivery streams of a graph. */
export interface RunningDelivery {
  /** Their configurations, with the buffer intervals in effect. */
  readonly deliveryStreams: readonly DeliveryConfiguration[];
  /** The records that an earlier run accepted and did not deliver. */
  readonly resumed: UndeliveredRecords;
  /** What the streams have accepted, and how much of it is not delivered at the moment. */
  records(): Promise<RecordCounts>;
  /** Which permissions the roles of the delivery streams have used so far. */
  access(): AccessReport;
  /**
   * Delivers all records that the streams have accepted, and stops all delivery streams.
   *
   * @param giveUp when it is aborted, delivery ends at once
   * @throws one error with the reason of each delivery stream that has not delivered everything
   */
  stop(giveUp?: AbortSignal): Promise<void>;
}

/** Starts all delivery streams that a graph declares. */
export async function startDeliveries(
  graph: ResourceGraph,
  services: DeliveryServices,
  options: DeliveryOptions,
): Promise<RunningDelivery> {
  const { maxIntervalSeconds = Infinity, onEvent = () => undefined, tables = noTables } = options;
  const { programDirectory = process.cwd(), givenFunctions: given = [] } = options;
  const { endpoints, onLog } = services;
  const deliveryStreams = configurations(graph, tables).map((configuration) =>
    withShorterIntervals(configuration, maxIntervalSeconds, onLog),
  );
  const access = new FirehoseAccess(graph, onLog);
  const functions = await startFunctions(graph, deliveryStreams, {
    programDirectory,
    given,
    onLog,
  });
  // One attempt, because a delivery stream itself repeats failed calls and reports each.
  const clients = new LocalClients(endpoints, 1);
  try {
    for (const configuration of deliveryStreams) {
      await createMissing(configuration, { ...services, clients });
      access.checkCreation(configuration);
      await reportQuery(configuration, onLog);
    }
    const sources: OpenSource[] = [];
    for (const configuration of deliveryStreams)
      sources.push(await openSource(configuration, { ...services, access }));
    const stores = [services.kinesis.store, services.directPuts];
    const resumed = await undeliveredIn(stores, sources);
    const checkpoints = await checkpointsOf(sources);
    const running = [...checkpoints].map(([source, file]) =>
      startOne(source, { access, clients, functions, checkpoints: file, onEvent }),
    );
    for (const { configuration, put } of sources)
      services.firehose.add({
        configuration,
        created: systemClock.now(),
        ...(put && { store: put }),
      });
    let stopped: Promise<void> | undefined;
    return {
      deliveryStreams,
      resumed,
      records: () => countRecords(stores, sources, resumed),
      access: () => access.report(deliveryStreams),
      stop: (giveUp) =>
        (stopped ??= stopAll(running, clients, giveUp).finally(() => functions.close())),
    };
  } catch (error) {
    clients.destroy();
    await functions.close();
    throw error;
  }
}

/** AWS accepts a query that does not compile, and then no record has a partition. */
async function reportQuery(
  { name, processors }: DeliveryConfiguration,
  onLog: (line: string) => void,
): Promise<void> {
  const extraction = processors.find((processor) => processor.type === "MetadataExtraction");
  const problem = extraction && (await JqQuery.read(extraction.query)).problem;
  if (problem !== undefined)
    onLog(
      `${name}: every record will fail, because MetadataExtractionQuery does not compile: ${problem}.`,
    );
}

/** What a delivery stream reads, and where its records are stored. */
interface OpenSource extends ReadSource {
  readonly configuration: DeliveryConfiguration;
  readonly source: StreamSource;
  /** Between two calls for records. */
  readonly pollMilliseconds: number;
  /** Stores what producers put; absent if the delivery stream reads a Kinesis stream. */
  readonly put?: DirectPutRecords["store"];
}

async function openSource(
  configuration: DeliveryConfiguration,
  { kinesis, directPuts, access }: DeliveryServices & { readonly access: FirehoseAccess },
): Promise<OpenSource> {
  const { name, source } = configuration;
  const reader = { region: source.region, deliveryStream: name };
  if (source.type === "direct-put") {
    const { store: put, source: records } = await openDirectPut(directPuts, configuration);
    return {
      ...{ configuration, source: records, store: directPuts, put },
      ...{ reader: { ...reader, stream: name }, pollMilliseconds: 200 },
    };
  }
  const records = kinesisSource(inProcessReads(kinesis, source.region), source.name);
  return {
    configuration,
    source: authorizedSource(records, access.authorizeFor(configuration)),
    store: kinesis.store,
    reader: { ...reader, stream: source.name },
    pollMilliseconds: 1000,
  };
}

/**
 * The checkpoint files of all delivery streams. All exist before the first one reads, because a record
 * counts as delivered only when every delivery stream with a file has delivered it.
 */
async function checkpointsOf(
  sources: readonly OpenSource[],
): Promise<ReadonlyMap<OpenSource, Checkpoints>> {
  const files = new Map<OpenSource, Checkpoints>();
  for (const source of sources)
    files.set(source, checkpointFile(await source.store.positionsOf(source.reader)));
  return files;
}

interface StreamServices {
  readonly access: FirehoseAccess;
  readonly clients: LocalClients;
  readonly functions: FunctionInvoker;
  readonly checkpoints: Checkpoints;
  readonly onEvent: (event: DeliveryEvent) => void;
}

function startOne(
  { configuration, source, pollMilliseconds }: OpenSource,
  { access, clients, functions, checkpoints, onEvent }: StreamServices,
): DeliveryStream {
  const { backup } = configuration;
  const s3 = clients.s3(configuration.source.region);
  const bucketOf = (output: DeliveryConfiguration) =>
    authorizedDestination(s3Destination(s3, output.bucket), access.authorizeFor(output));
  return startDeliveryStream({
    configuration,
    source,
    destination: bucketOf(configuration),
    ...(backup && { backupDestination: bucketOf(backup) }),
    functions: {
      invoke: authorizedInvoker(
        (functionArn: string, payload: string, signal: AbortSignal) =>
          functions.invoke(functionArn, payload, signal),
        access.authorizeFor(configuration),
      ),
    },
    checkpoints,
    clock: systemClock,
    pollMilliseconds,
    onEvent: withErrorLog(configuration, (output) => access.mayLog(output), systemClock, onEvent),
  });
}

async function stopAll(
  running: readonly DeliveryStream[],
  clients: LocalClients,
  giveUp: AbortSignal | undefined,
): Promise<void> {
  const ends = await Promise.allSettled(running.map((one) => one.stop(giveUp)));
  clients.destroy();
  const reasons = ends.flatMap((end) =>
    end.status === "rejected" ? [(end.reason as Error).message] : [],
  );
  if (reasons.length > 0) throw new Error(reasons.join("\n"));
}

/** Creates the stream and buckets that a graph only refers to by ARN, since they exist only in AWS. */
async function createMissing(
  { name, source, bucket, backup }: DeliveryConfiguration,
  {
    kinesis: { store: streams },
    clients,
    onLog,
  }: DeliveryServices & { readonly clients: LocalClients },
): Promise<void> {
  if (source.type === "kinesis") {
    const id = { region: source.region, name: source.name };
    if (!streams.stream(id)) {
      await streams.create(id, { mode: "ON_DEMAND" });
      onLog(
        `The stream ${source.name} is not declared, only referenced by ${name}: created locally.`,
      );
    }
  }
  const s3 = clients.s3(source.region);
  for (const missing of backup ? [bucket, backup.bucket] : [bucket]) {
    if (await bucketExists(s3, missing)) continue;
    await createBucket(s3, missing);
    onLog(`The bucket ${missing} is not declared, only referenced by ${name}: created locally.`);
  }
}
