import type { DeliveryConfiguration } from "../../local/aws/firehose/deliveryConfiguration";
import type { DeliveryEvent } from "../../local/aws/firehose/deliveryEvent";
import type { LocalAws } from "../../local/aws/localAws";
import { madeUpProvider } from "../../local/engine/madeUpProvider";
import { runProgram } from "../../local/engine/runProgram";
import { awsRegion, readStack } from "../../local/engine/stackFile";

export interface PipelineRequest {
  /** Folder of `Pulumi.yaml`. */
  readonly directory: string;
  readonly stack: string;
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
 * @throws Error if stack or program fail, or declare nothing that can be run
 */
export async function startPipeline(aws: LocalAws, request: PipelineRequest): Promise<Pipeline> {
  const { directory, stack, maxIntervalSeconds, onEvent, tell, signal } = request;
  const settings = readStack(directory, stack);
  for (const note of settings.notes) tell(`note: ${note}`);
  const graph = await runProgram(settings, aws.provider(madeUpProvider(awsRegion(settings))), {
    print: (text) => process.stderr.write(text),
    signal,
  });
  const { deliveryStreams } = await aws.startDelivery(graph, {
    onEvent,
    ...(maxIntervalSeconds !== undefined && { maxIntervalSeconds }),
  });
  if (deliveryStreams.length === 0)
    throw new Error(`Stack "${stack}" declares no Firehose delivery stream: nothing can be run.`);
  for (const { name, bufferBytes, bufferSeconds } of deliveryStreams)
    tell(`${name}: writes an object after ${bufferBytes / 1024 / 1024} MiB or ${bufferSeconds} s.`);
  return deliveryStreams;
}
