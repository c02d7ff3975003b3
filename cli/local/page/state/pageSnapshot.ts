import type { S3Client } from "@aws-sdk/client-s3";
import type { DeliveryEvent } from "../../../../aws/firehose/delivery/deliveryEvent";
import type { DirectPutCall } from "../../../../aws/firehose/endpoint/directPutCall";
import type { DeliveryConfiguration } from "../../../../aws/firehose/model/deliveryConfiguration";
import type { KinesisCall } from "../../../../aws/kinesis/kinesisCall";
import { type Accounting, accountingOf } from "./accounting";
import { type DeliveryStatus, deliveryStatus, type Phase } from "./deliveryStatus";
import { type FailingCall, isFailing } from "./failures";
import { flowRates, type FlowRates } from "./flow";
import { type PartitionsSnapshot, partitionsSnapshot } from "./partitions";
import type { DeliveryStreamState, PageState } from "./pageState";

/** What the server sends to a tab: the whole content of the page. */
export interface PageSnapshot {
  readonly stack: string;
  /** Time of the snapshot on the clock of the run, in milliseconds since 1970. */
  readonly now: number;
  readonly phase: Phase;
  readonly deliveryStreams: readonly DeliveryStreamSnapshot[];
  readonly alarms: readonly PageAlarm[];
}

export interface DeliveryStreamSnapshot extends Omit<
  DeliveryStreamState,
  | "configuration"
  | "resumedRecords"
  | "rejection"
  | "put"
  | "read"
  | "delivered"
  | "deliveredStreamRecords"
  | "millisBehindLatest"
  | "droppedRecords"
  | "partitions"
> {
  readonly name: string;
  readonly status: DeliveryStatus;
  readonly accounting: Accounting;
  readonly stream: { readonly name: string; readonly region: string };
  readonly bucket: string;
  readonly prefix: string;
  readonly compression: string;
  /** Of the dates in keys. */
  readonly timeZone: string;
  readonly bufferBytes: number;
  /** In effect. */
  readonly bufferSeconds: number;
  /** As the program declares it; absent unless the run shortens it. */
  readonly declaredBufferSeconds?: number;
  readonly put: FlowRates;
  readonly read: FlowRates;
  readonly delivered: FlowRates;
  /** Delay of the shard that is furthest behind. */
  readonly millisBehindLatest: number;
  /** Absent without dynamic partitioning. */
  readonly partitions?: PartitionsSnapshot;
  readonly connection: Connection;
}

/** How to send records to a delivery stream and read its objects. */
export interface Connection {
  /** Where producers send records, e.g. `http://127.0.0.1:41235`. */
  readonly endpoint: string;
  readonly snippets: readonly Snippet[];
}

/** Commands or settings to copy. */
export interface Snippet {
  readonly title: string;
  readonly text: string;
}

/** The moment of a snapshot. */
interface Moment {
  readonly phase: Phase;
  readonly alarms: readonly PageAlarm[];
  /** In milliseconds since 1970. */
  readonly now: number;
}

type StaticFeed = Pick<PageFeed, "stack" | "resumeCommand" | "connection">;

export function pageSnapshot(feed: StaticFeed, state: PageState, moment: Moment): PageSnapshot {
  const { phase, alarms, now } = moment;
  const deliveryStreams = state.map((stream) => streamAt(stream, feed, moment));
  return { stack: feed.stack, now, phase, deliveryStreams, alarms };
}

function streamAt(
  stream: DeliveryStreamState,
  feed: StaticFeed,
  { phase, now }: Moment,
): DeliveryStreamSnapshot {
  const { configuration, put, read, delivered, millisBehindLatest } = stream;
  const { name, source, bucket, prefix, compression, bufferBytes, bufferSeconds } = configuration;
  const { declaredBufferSeconds, timeZone } = configuration;
  const accounting = accountingOf(stream);
  const partitions = partitionsSnapshot(stream.partitions);
  const asOfNow = (call: FailingCall): FailingCall => {
    const { since, ...recovered } = call;
    return since === undefined || isFailing(call, now) ? call : recovered;
  };
  return {
    name,
    status: deliveryStatus(stream, { accounting, phase, resumeCommand: feed.resumeCommand, now }),
    accounting,
    stream: {
      name: source.type === "kinesis" ? source.name : "direct put",
      region: source.region,
    },
    bucket,
    prefix,
    compression,
    timeZone,
    bufferBytes,
    bufferSeconds,
    ...(declaredBufferSeconds !== undefined && { declaredBufferSeconds }),
    put: flowRates(put, now),
    read: flowRates(read, now),
    delivered: flowRates(delivered, now),
    millisBehindLatest: Math.max(0, ...Object.values(millisBehindLatest)),
    throttledRecords: stream.throttledRecords,
    failedRecords: stream.failedRecords,
    buffer: stream.buffer,
    sealed: stream.sealed,
    storedBytes: stream.storedBytes,
    objectCount: stream.objectCount,
    errorRecords: stream.errorRecords,
    ...(partitions && { partitions }),
    ...(stream.backup && { backup: stream.backup }),
    objects: stream.objects,
    errorCount: stream.errorCount,
    errors: stream.errors,
    deniedCalls: stream.deniedCalls.map(asOfNow),
    failingCalls: stream.failingCalls.map(asOfNow),
    connection: feed.connection(configuration),
  };
}

/** Sources of what the page of a run shows. */
export interface PageFeed {
  readonly stack: string;
  readonly pipeline: readonly DeliveryConfiguration[];
  /** Aborted when the run begins to stop. */
  readonly stopping: AbortSignal;
  /** Command that delivers what is undelivered at the end. */
  readonly resumeCommand: string;
  /** How many records an earlier run left to a delivery stream. */
  resumedRecords(configuration: DeliveryConfiguration): number;
  /** How to send records to a delivery stream and read its objects. */
  connection(configuration: DeliveryConfiguration): Connection;
  /** @returns a function that ends the subscription */
  subscribe(listener: FeedListener): () => void;
  /** A client for the S3 API through which objects are read. */
  s3Client(region: string): S3Client;
  /** Alarms, evaluated as of now. */
  alarms(): readonly PageAlarm[];
}

export interface FeedListener {
  onDelivery(event: DeliveryEvent): void;
  onKinesis(call: KinesisCall): void;
  onDirectPut(call: DirectPutCall): void;
}

export interface PageAlarm {
  readonly name: string;
  /** State as CloudWatch names it. */
  readonly state: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  /** Since when it is in this state, in milliseconds since 1970; absent before its first change. */
  readonly since?: number;
  /** What it compares, e.g. `DeliveryToS3.DataFreshness (Maximum) > 15 min in 1 period of 5 min`. */
  readonly condition?: string;
  /** Its description in the program. */
  readonly description?: string;
  /** Additional information, e.g. why the alarm was not evaluated. */
  readonly note?: string;
}
