import type { DeliveryEvent } from "../../aws/firehose/delivery/deliveryEvent";
import type { DirectPutCall } from "../../aws/firehose/endpoint/directPutCall";
import type { DeliveryConfiguration } from "../../aws/firehose/model/deliveryConfiguration";
import type { TableLookup } from "../../aws/glue/catalogTable";
import type { KinesisCall } from "../../aws/kinesis/kinesisCall";
import type { UndeliveredRecords } from "../../aws/kinesis/store/undelivered";
import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import { runProgram } from "../../engine/program/runProgram";
import { madeUpProvider } from "../../engine/provider/madeUpProvider";
import { awsRegion } from "../../engine/stack/awsRegion";
import type { StackSettings } from "../../engine/stack/stackFile";
import { Monitoring } from "../../local/monitoring/monitoring";
import type { AccessReport } from "../../local/run/firehoseAccess";
import type { GivenFunction } from "../../local/run/startFunctions";
import type { LocalAws } from "../../local/run/startLocalAws";
import { printOutputOf } from "../output";
import { counted } from "../../records/amounts";
import { noteLines } from "../reports/graphNotes";

export interface PipelineRequest {
  readonly settings: StackSettings;
  /** Shortens a longer buffer interval. */
  readonly maxIntervalSeconds: number | undefined;
  /** Tables of the data catalog that the program does not declare. */
  readonly tables: TableLookup;
  /** Functions that run in place of those of AWS. */
  readonly givenFunctions: readonly GivenFunction[];
  readonly feed: RunFeed;
  /** Receives messages for the user, one line at a time. */
  readonly print: (line: string) => void;
  readonly signal: AbortSignal;
}

/** The running delivery streams of a program. */
export interface Pipeline {
  /** What its program declares. */
  readonly graph: ResourceGraph;
  readonly deliveryStreams: readonly DeliveryConfiguration[];
  readonly monitoring: Monitoring;
  /** Number of records that an earlier run accepted but did not deliver. */
  readonly resumed: number;
  /** By stream: the same records. */
  readonly resumedStreams: UndeliveredRecords["resumed"];
  access(): AccessReport;
}

/**
 * Runs the program of a stack against the local services, and starts its delivery streams.
 *
 * @throws Error if the program fails, or declares no delivery stream
 */
export async function startPipeline(aws: LocalAws, request: PipelineRequest): Promise<Pipeline> {
  const { settings, maxIntervalSeconds, tables, givenFunctions, feed, print, signal } = request;
  const graph = await runProgram(
    settings,
    aws.provider(madeUpProvider(awsRegion(settings), settings.config)),
    {
      print: printOutputOf,
      signal,
    },
  );
  for (const line of noteLines(graph)) print(line);
  const monitoring = new Monitoring(graph);
  feed.subscribe(monitoring);
  const delivery = await aws.startDelivery(graph, {
    ...{ onEvent: feed.onDelivery, tables, givenFunctions },
    programDirectory: settings.project.programDirectory,
    ...(maxIntervalSeconds !== undefined && { maxIntervalSeconds }),
  });
  const { deliveryStreams } = delivery;
  printResumed(delivery.resumed, print);
  if (deliveryStreams.length === 0)
    throw new Error(
      `Stack "${settings.stack}" declares no Firehose delivery stream, so there is nothing to run.`,
    );
  for (const configuration of deliveryStreams) {
    const { name, backup } = configuration;
    print(`${name}: writes an object after ${bufferText(configuration)}.`);
    if (backup)
      print(
        `${name}: backs up its source records in ${backup.bucket} after ${bufferText(backup)}.`,
      );
  }
  return {
    ...{ graph, deliveryStreams, monitoring },
    resumed: delivery.resumed.resumed.reduce((sum, { records }) => sum + records, 0),
    resumedStreams: delivery.resumed.resumed,
    access: () => delivery.access(),
  };
}

function bufferText({ bufferBytes, bufferSeconds }: DeliveryConfiguration): string {
  return `${bufferBytes / 1024 / 1024} MiB or ${bufferSeconds} s`;
}

function printResumed({ resumed, kept }: UndeliveredRecords, print: (line: string) => void): void {
  for (const { stream, records } of resumed)
    print(`${stream}: ${counted(records, "record")} of the earlier run will be delivered now.`);
  for (const { stream, records, directory } of kept)
    print(
      `${stream}: ${counted(records, "record")} of the earlier run remain in ${directory}: the ` +
        "program no longer declares it.",
    );
}

/** How many records an earlier run accepted for a delivery stream and did not deliver. */
export function resumedRecords(
  { resumedStreams }: Pick<Pipeline, "resumedStreams">,
  { name, source }: DeliveryConfiguration,
): number {
  const holder = source.type === "kinesis" ? source.name : name;
  const resumed = resumedStreams.find(
    ({ region, stream }) => region === source.region && stream === holder,
  );
  return resumed?.records ?? 0;
}

/** Receives what happens in a run. */
export interface RunListener {
  onDelivery(event: DeliveryEvent): void;
  onKinesis(call: KinesisCall): void;
  onDirectPut(call: DirectPutCall): void;
}

/** Passes what happens in a run to its listeners. */
export class RunFeed implements RunListener {
  readonly #listeners = new Set<RunListener>();

  /** @returns a function that ends the subscription */
  subscribe(listener: RunListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  readonly onDelivery = (event: DeliveryEvent): void => {
    for (const listener of this.#listeners) listener.onDelivery(event);
  };

  readonly onKinesis = (call: KinesisCall): void => {
    for (const listener of this.#listeners) listener.onKinesis(call);
  };

  readonly onDirectPut = (call: DirectPutCall): void => {
    for (const listener of this.#listeners) listener.onDirectPut(call);
  };
}
