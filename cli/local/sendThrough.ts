import {
  type DeliveryConfiguration,
  producersCompress,
} from "../../aws/firehose/model/deliveryConfiguration";
import { unlessAborted } from "../../aws/unlessAborted";
import type { LocalAws } from "../../local/run/startLocalAws";
import type { Input } from "../../records/input/openInput";
import { readRecords } from "../../records/input/readRecords";
import { compressLines } from "../../records/send/compressLines";
import { sendRecords, type SendSummary } from "../../records/send/sendRecords";
import {
  deliveryStreamTarget,
  type SendTarget,
  streamTarget,
  withinLimits,
} from "../../records/send/sendTarget";
import { counted } from "../../records/amounts";
import { compressionNote } from "../send/sendReport";
import type { DeliveryProgress } from "./deliveryProgress";
import { ExpectedOutput, type OutputResult } from "./expectedOutput";
import { tallied } from "./expectedRecords";
import type { Pipeline } from "./startPipeline";

/** What was sent of an input, and what of it was found in each place that it is delivered to. */
export interface InputResult {
  readonly sending: SendSummary;
  /** Empty if the run was interrupted before the buckets were read to their end. */
  readonly outputs: readonly OutputResult[];
}

interface SendContext {
  readonly aws: Pick<LocalAws, "records" | "streamProducer" | "firehoseClient" | "s3Client">;
  readonly progress: DeliveryProgress;
  readonly signal: AbortSignal;
}

/** Source: Firehose Developer Guide, "Transform source data": functions run for up to 5 minutes. */
const maximumCallSeconds = 300;

/** A healthy delivery stream makes progress within its buffer interval and this time. */
const graceMilliseconds = 60_000;

/**
 * Sends an input to the stream that all delivery streams read, or to the only delivery stream if it has no
 * source, waits until Firehose has delivered it, and then compares it with the buckets. It compresses each
 * line if producers do.
 *
 * @throws Error if several delivery streams could receive the input, and it would reach only one of them
 */
export async function sendThrough(
  input: Input,
  { deliveryStreams }: Pick<Pipeline, "deliveryStreams">,
  { aws, progress, signal }: SendContext,
): Promise<InputResult> {
  const first = soleEntry(deliveryStreams);
  const target = targetOf(first, aws);
  const begin = Date.now();
  const compression = deliveryStreams.some(producersCompress) ? "GZIP" : "none";
  const outputs = ExpectedOutput.of(deliveryStreams, compression);
  if (compression === "GZIP") progress.print(compressionNote(first.name));
  progress.show();
  try {
    const lines = compressLines(readRecords(input.chunks, input.name), compression);
    const sending = await sendRecords({
      target,
      records: tallied(withinLimits(lines, target), outputs),
      signal,
    });
    if (!signal.aborted)
      progress.print(`Sent ${counted(sending.sent, "record")}; waiting for delivery.`);
    await progress.delivered(() => aws.records(), longestSilence({ deliveryStreams }), signal);
    if (signal.aborted) return { sending, outputs: [] };
    for (const text of new Set(outputs.map(({ announcement }) => announcement)))
      progress.print(text);
    const reading = Promise.all(outputs.map((output) => output.compare(aws, begin)));
    return { sending, outputs: (await unlessAborted(reading, signal)) ?? [] };
  } finally {
    progress.hide();
  }
}

/** The delivery stream whose entry is that of all. */
function soleEntry(deliveryStreams: readonly DeliveryConfiguration[]): DeliveryConfiguration {
  const [first, ...others] = deliveryStreams;
  if (first && others.every(({ source }) => isSameStream(source, first.source))) return first;
  const names = deliveryStreams.map(({ name }) => name).join(", ");
  throw new Error(
    `The stack declares several delivery streams (${names}) that do not read the same stream, so the ` +
      "input has no single target. Use --keep without --input, and send records with streamlake send.",
  );
}

function isSameStream(
  one: DeliveryConfiguration["source"],
  other: DeliveryConfiguration["source"],
): boolean {
  return one.type === "kinesis" && other.type === "kinesis" && one.arn === other.arn;
}

function targetOf({ name, source }: DeliveryConfiguration, aws: SendContext["aws"]): SendTarget {
  return source.type === "kinesis"
    ? streamTarget(aws.streamProducer(source.region), source.name)
    : deliveryStreamTarget(aws.firehoseClient(source.region), name);
}

/** Longest time in milliseconds that a healthy pipeline makes no progress. */
export function longestSilence({ deliveryStreams }: Pick<Pipeline, "deliveryStreams">): number {
  const intervals = deliveryStreams.flatMap((configuration) => {
    const { bufferSeconds, processors, backup = { bufferSeconds } } = configuration;
    const lambda = processors.find(({ type }) => type === "Lambda");
    const calling = lambda?.type === "Lambda" ? lambda.bufferSeconds + maximumCallSeconds : 0;
    return [bufferSeconds + calling, backup.bufferSeconds + calling];
  });
  return Math.max(...intervals) * 1000 + graceMilliseconds;
}
