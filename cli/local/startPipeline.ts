import type { DeliveryConfiguration } from "../../local/aws/firehose/deliveryConfiguration";
import type { DeliveryEvent } from "../../local/aws/firehose/deliveryEvent";
import type { LocalAws } from "../../local/aws/localAws";
import { madeUpProvider } from "../../local/engine/provider/madeUpProvider";
import { runProgram } from "../../local/engine/program/runProgram";
import { awsRegion, type StackSettings } from "../../local/engine/stack/stackFile";

export interface PipelineRequest {
  readonly settings: StackSettings;
  /** Shortens a longer buffering interval. */
  readonly maxIntervalSeconds: number | undefined;
  readonly onEvent: (event: DeliveryEvent) => void;
  /** Takes what a user should know, a line at a time. */
  readonly tell: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Delivery streams at work, as their program declared them. */
export type Pipeline = readonly DeliveryConfiguration[];

/**
 * Runs the program of a stack against this machine's Kinesis and S3, and starts its Firehose.
 *
 * @throws Error if the program fails, or declares nothing that can be run
 */
export async function startPipeline(aws: LocalAws, request: PipelineRequest): Promise<Pipeline> {
  const { settings, maxIntervalSeconds, onEvent, tell, signal } = request;
  const graph = await runProgram(settings, aws.provider(madeUpProvider(awsRegion(settings))), {
    print: (text) => process.stderr.write(text),
    signal,
  });
  const { deliveryStreams } = await aws.startDelivery(graph, {
    onEvent,
    ...(maxIntervalSeconds !== undefined && { maxIntervalSeconds }),
  });
  if (deliveryStreams.length === 0)
    throw new Error(
      `Stack "${settings.stack}" declares no Firehose delivery stream: nothing can be run.`,
    );
  for (const { name, bufferBytes, bufferSeconds } of deliveryStreams)
    tell(`${name}: writes an object after ${bufferBytes / 1024 / 1024} MiB or ${bufferSeconds} s.`);
  return deliveryStreams;
}
