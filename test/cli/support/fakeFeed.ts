import { gzipSync } from "node:zlib";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type {
  CallFailed,
  DeliveryEvent,
  ObjectDelivered,
  RecordsBuffered,
  RecordsRead,
} from "../../../aws/firehose/delivery/deliveryEvent";
import type { DirectPutCall } from "../../../aws/firehose/endpoint/directPutCall";
import type { DeliveryConfiguration } from "../../../aws/firehose/model/deliveryConfiguration";
import type { KinesisPut } from "../../../aws/kinesis/kinesisCall";
import type {
  Connection,
  FeedListener,
  PageAlarm,
  PageFeed,
} from "../../../cli/local/page/state/pageSnapshot";
import { LocalClients } from "../../../local/run/awsClients";
import { configuration } from "../../local/support/records";

/** A run whose events come from a test. */
export class FakeFeed implements PageFeed {
  readonly stack = "dev";
  readonly pipeline: readonly DeliveryConfiguration[];
  readonly #listeners = new Set<FeedListener>();
  readonly #clients: LocalClients;
  alarmsNow: readonly PageAlarm[] = [];
  readonly stop = new AbortController();
  readonly stopping = this.stop.signal;
  readonly resumeCommand = "npx streamlake local --resume run";

  /** @param s3Endpoint endpoint of the bucket from which objects are read */
  constructor(pipeline: readonly DeliveryConfiguration[], s3Endpoint = "http://127.0.0.1:1") {
    this.pipeline = pipeline;
    this.#clients = new LocalClients({ kinesis: s3Endpoint, firehose: s3Endpoint, s3: s3Endpoint });
  }

  resumedRecords(): number {
    return 0;
  }

  connection(): Connection {
    const text = "npx streamlake send FILE --stream events-stream";
    return { endpoint: "http://127.0.0.1:2", snippets: [{ title: "Send a file", text }] };
  }

  subscribe(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  s3Client(region: string): S3Client {
    return this.#clients.s3(region);
  }

  alarms(): readonly PageAlarm[] {
    return this.alarmsNow;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  delivery(event: DeliveryEvent): void {
    for (const listener of this.#listeners) listener.onDelivery(event);
  }

  kinesis(call: KinesisPut): void {
    for (const listener of this.#listeners) listener.onKinesis(call);
  }

  directPut(call: DirectPutCall): void {
    for (const listener of this.#listeners) listener.onDirectPut(call);
  }

  /** Puts an object with these lines into the bucket and reports it as delivered. */
  async deliver(lines: readonly string[], changes: Partial<ObjectDelivered> = {}): Promise<void> {
    const body = gzipSync(lines.join("\n"));
    const event = delivered({ records: lines.length, storedBytes: body.length, ...changes });
    await this.s3Client("eu-central-1").send(
      new PutObjectCommand({
        Bucket: event.bucket,
        Key: event.key,
        Body: body,
        ContentType: "application/octet-stream",
        ContentEncoding: "gzip",
      }),
    );
    this.delivery(event);
  }

  close(): void {
    this.#clients.destroy();
  }
}

/** The declared delivery stream of these events. */
export const eventsPipeline = [configuration({ compression: "GZIP" })];

export function put(changes: Partial<KinesisPut> = {}): KinesisPut {
  return {
    operation: "PutRecords",
    streamName: "events-stream",
    region: "eu-central-1",
    at: 0,
    milliseconds: 5,
    records: 100,
    bytes: 50_000,
    throttledRecords: 0,
    failedRecords: 0,
    ...changes,
  };
}

export function read(changes: Partial<RecordsRead> = {}): RecordsRead {
  return {
    ...{ type: "records-read", deliveryStream: "events", at: 0, shardId: "s" },
    ...{ records: 100, bytes: 50_000, millisBehindLatest: 0 },
    ...changes,
  };
}

export function buffered(changes: Partial<RecordsBuffered> = {}): RecordsBuffered {
  return {
    ...{ type: "records-buffered", deliveryStream: "events", at: 0, records: 0, bytes: 0 },
    sealed: { objects: 0, records: 0, bytes: 0 },
    ...changes,
  };
}

export function delivered(changes: Partial<ObjectDelivered> = {}): ObjectDelivered {
  return {
    type: "object-delivered",
    deliveryStream: "events",
    at: 0,
    bucket: "my-lake",
    key: "raw/2026/03/01/events-1-2026-03-01-12-00-00-0f8fad5b-d9cb-469f-a165-70867728950e.gz",
    records: 100,
    bytes: 50_000,
    storedBytes: 5_000,
    oldestArrival: 0,
    reason: "interval",
    ...changes,
  };
}

export function failed(changes: Partial<CallFailed> = {}): CallFailed {
  return {
    type: "call-failed",
    deliveryStream: "events",
    at: 0,
    operation: "PutObject",
    attempt: 1,
    delayMilliseconds: 2_000,
    code: "ServiceUnavailable",
    message: "Please reduce your request rate.",
    denied: false,
    ...changes,
  };
}
