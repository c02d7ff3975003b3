import type { S3Client } from "@aws-sdk/client-s3";
import type { DeliveryEvent } from "../../../../aws/firehose/delivery/deliveryEvent";
import type { DeliveryConfiguration } from "../../../../aws/firehose/model/deliveryConfiguration";
import type { KinesisCall } from "../../../../aws/kinesis/kinesisCall";
import { flowRates, type FlowRates } from "./flow";
import type { DeliveryStreamState, PageState } from "./pageState";

/** What the server sends to a tab: the whole content of the page. */
export interface PageSnapshot {
  readonly stack: string;
  /** Time of the snapshot on the clock of the run, in milliseconds since 1970. */
  readonly now: number;
  readonly deliveryStreams: readonly DeliveryStreamSnapshot[];
  readonly alarms: readonly PageAlarm[];
}

export interface DeliveryStreamSnapshot extends Omit<
  DeliveryStreamState,
  "configuration" | "put" | "read" | "delivered" | "millisBehindLatest"
> {
  readonly name: string;
  readonly stream: { readonly name: string; readonly region: string };
  readonly bucket: string;
  readonly prefix: string;
  readonly compression: string;
  readonly bufferBytes: number;
  readonly bufferSeconds: number;
  readonly put: FlowRates;
  readonly read: FlowRates;
  readonly delivered: FlowRates;
  /** Delay of the shard that is furthest behind. */
  readonly millisBehindLatest: number;
}

/** @param now milliseconds since 1970 */
export function pageSnapshot(
  stack: string,
  state: PageState,
  alarms: readonly PageAlarm[],
  now: number,
): PageSnapshot {
  return { stack, now, deliveryStreams: state.map((stream) => streamAt(stream, now)), alarms };
}

function streamAt(stream: DeliveryStreamState, now: number): DeliveryStreamSnapshot {
  const { configuration, put, read, delivered, millisBehindLatest, ...rest } = stream;
  const { name, source, bucket, prefix, compression, bufferBytes, bufferSeconds } = configuration;
  return {
    ...rest,
    name,
    stream: { name: source.name, region: source.region },
    bucket,
    prefix,
    compression,
    bufferBytes,
    bufferSeconds,
    put: flowRates(put, now),
    read: flowRates(read, now),
    delivered: flowRates(delivered, now),
    millisBehindLatest: Math.max(0, ...Object.values(millisBehindLatest)),
  };
}

/** Sources of what the page of a run shows. */
export interface PageFeed {
  readonly stack: string;
  readonly pipeline: readonly DeliveryConfiguration[];
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
}

export interface PageAlarm {
  readonly name: string;
  /** State as CloudWatch names it. */
  readonly state: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  /** Additional information, e.g. why the alarm was not evaluated. */
  readonly note?: string;
}
