import type { DeliveryEvent } from "../../aws/firehose/delivery/deliveryEvent";
import type { DeliveryConfiguration } from "../../aws/firehose/model/deliveryConfiguration";
import type { KinesisCall } from "../../aws/kinesis/kinesisCall";
import type { ReplayReport } from "../../aws/kinesis/replay";
import { runProgram } from "../../engine/program/runProgram";
import { madeUpProvider } from "../../engine/provider/madeUpProvider";
import { awsRegion, type StackSettings } from "../../engine/stack/stackFile";
import { Monitoring } from "../../local/monitoring/monitoring";
import type { AccessReport } from "../../local/run/firehoseAccess";
import type { LocalAws } from "../../local/run/startLocalAws";
import { counted } from "../reports/amounts";

export interface PipelineRequest {
  readonly settings: StackSettings;
  /** Shortens a longer buffering interval. */
  readonly maxIntervalSeconds: number | undefined;
  readonly feed: RunFeed;
  /** Takes what a user should know, a line at a time. */
  readonly print: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Delivery streams at work, as their program declared them. */
export interface Pipeline {
  readonly deliveryStreams: readonly DeliveryConfiguration[];
  readonly monitoring: Monitoring;
  /** Records that an earlier run accepted and did not deliver, now in their streams again. */
  readonly resumed: number;
  access(): AccessReport;
}

/**
 * Runs the program of a stack against this machine's Kinesis and S3, and starts its Firehose.
 *
 * @throws Error if the program fails, or declares nothing that can be run
 */
export async function startPipeline(aws: LocalAws, request: PipelineRequest): Promise<Pipeline> {
  const { settings, maxIntervalSeconds, feed, print: print, signal } = request;
  const graph = await runProgram(settings, aws.provider(madeUpProvider(awsRegion(settings))), {
    print: (text) => process.stderr.write(text),
    signal,
  });
  const monitoring = new Monitoring(graph);
  feed.subscribe(monitoring);
  const delivery = await aws.startDelivery(graph, {
    onEvent: feed.onDelivery,
    ...(maxIntervalSeconds !== undefined && { maxIntervalSeconds }),
  });
  const { deliveryStreams } = delivery;
  tellResumed(delivery.resumed, print);
  if (deliveryStreams.length === 0)
    throw new Error(
      `Stack "${settings.stack}" declares no Firehose delivery stream: nothing can be run.`,
    );
  for (const { name, bufferBytes, bufferSeconds } of deliveryStreams)
    print(
      `${name}: writes an object after ${bufferBytes / 1024 / 1024} MiB or ${bufferSeconds} s.`,
    );
  return {
    deliveryStreams,
    monitoring,
    resumed: delivery.resumed.replayed.reduce((sum, { records }) => sum + records, 0),
    access: () => delivery.access(),
  };
}

function tellResumed({ replayed, kept }: ReplayReport, print: (line: string) => void): void {
  for (const { stream, records } of replayed)
    print(`${stream}: ${counted(records, "record")} of the earlier run not delivered: they go on.`);
  for (const { stream, records, directory: folder } of kept)
    print(
      `${stream}: ${counted(records, "record")} of the earlier run stay in ${folder}: there is no ` +
        "such stream now, or it does not take them.",
    );
}

/** What happens in a run, for all who want to know. */
export interface RunListener {
  onDelivery(event: DeliveryEvent): void;
  onKinesis(call: KinesisCall): void;
}

/** Passes on what happens in a run. */
export class RunFeed implements RunListener {
  readonly #listeners = new Set<RunListener>();

  /** @returns how to stop it */
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
}
