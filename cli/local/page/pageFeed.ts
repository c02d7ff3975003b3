import type { S3Client } from "@aws-sdk/client-s3";
import type { DeliveryConfiguration } from "../../../aws/firehose/model/deliveryConfiguration";
import type { DeliveryEvent } from "../../../aws/firehose/delivery/deliveryEvent";
import type { KinesisCall } from "../../../aws/kinesis/kinesisCall";

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
