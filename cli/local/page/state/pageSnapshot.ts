import type { PageAlarm } from "../pageFeed";
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
