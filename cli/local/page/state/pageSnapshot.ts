import type { S3Client } from "@aws-sdk/client-s3";
import type { DeliveryEvent } from "../../../../aws/firehose/delivery/deliveryEvent";
import type { DeliveryConfiguration } from "../../../../aws/firehose/model/deliveryConfiguration";
import type { KinesisCall } from "../../../../aws/kinesis/kinesisCall";
import { flowRates, type FlowRates } from "./flow";
import type { DeliveryStreamState, PageState } from "./pageState";

/** All that a tab needs to draw the page: what the server sends. */
export interface PageSnapshot {
  readonly stack: string;
  /** In milliseconds since 1970, by the clock of the run. */
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
  /** Of the shard that is furthest behind. */
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

/** What the page of a run shows, and where it reads. */
export interface PageFeed {
  readonly stack: string;
  readonly pipeline: readonly DeliveryConfiguration[];
  /** Calls back for each; returns how to stop. */
  subscribe(listener: FeedListener): () => void;
  /** Objects are read through the S3 API, as anybody could. */
  s3Client(region: string): S3Client;
  /** Alarms as they would stand now. */
  alarms(): readonly PageAlarm[];
}

export interface FeedListener {
  onDelivery(event: DeliveryEvent): void;
  onKinesis(call: KinesisCall): void;
}

export interface PageAlarm {
  readonly name: string;
  /** As CloudWatch words it. */
  readonly state: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  /** What led to the state, e.g. the value and the threshold. */
  readonly note?: string;
}
