import { formatTimestamp } from "../../components/prefix/formatTimestamp";
import type { LocalAws } from "../../local/run/startLocalAws";
import type { Input } from "../../records/input/openInput";
import { type InputLine, readRecords } from "../../records/input/readRecords";
import { RecordTally, type TallyResult } from "../../records/verify/recordTally";
import { sendRecords, type SendSummary } from "../../records/send/sendRecords";
import { type LakeReport, verifyLake } from "../../records/verify/verifyLake";
import type { DeliveryProgress } from "./deliveryProgress";
import type { Pipeline } from "./startPipeline";

/** What became of an input. */
export interface Outcome {
  readonly bucket: string;
  readonly sending: SendSummary;
  readonly lake: LakeReport;
  readonly comparison: TallyResult;
}

interface SendContext {
  readonly aws: LocalAws;
  readonly progress: DeliveryProgress;
  readonly signal: AbortSignal;
}

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** Beyond its buffering interval, a healthy delivery stream is never silent for so long. */
const graceMilliseconds = 60_000;

/**
 * Sends an input to the pipeline's stream, waits until Firehose has delivered it, and then looks
 * into the bucket, as anybody could: what is counted is what lies there.
 *
 * @returns nothing if it was interrupted
 */
export async function sendThrough(
  input: Input,
  pipeline: Pipeline,
  { aws, progress, signal }: SendContext,
): Promise<Outcome | undefined> {
  const [only, ...others] = pipeline.deliveryStreams;
  if (!only || others.length > 0) {
    const names = pipeline.deliveryStreams.map(({ name }) => name).join(", ");
    throw new Error(
      `The stack declares several delivery streams (${names}), so it is not clear what the input is ` +
        "for. Use --keep without --input, and send to a stream of your choice.",
    );
  }
  const { source, bucket, prefix, timeZone, newlineDelimiter } = only;
  const begin = Date.now();
  const tally = new RecordTally();
  progress.show();
  try {
    const sending = await sendRecords({
      client: aws.kinesisClient(source.region),
      streamName: source.name,
      records: counted(readRecords(input.chunks, input.name), tally),
      onProgress: ({ sent }) => {
        progress.sent(sent);
      },
      signal,
    });
    progress.sent(sending.sent);
    await progress.delivered(longestSilence(pipeline), signal);
    if (signal.aborted) return undefined;

    const lake = await verifyLake({
      client: aws.s3Client(source.region),
      bucket,
      prefix,
      ...(only.errorPrefix !== "" && { errorPrefix: only.errorPrefix }),
      days: daysBetween(begin, Date.now(), timeZone),
      timeZone,
      delimiter: newlineDelimiter ? "newline" : "none",
      tally,
    });
    return { bucket, sending, lake, comparison: tally.result() };
  } finally {
    progress.hide();
  }
}

/** How long a healthy pipeline is without progress at most, in milliseconds. */
export function longestSilence({ deliveryStreams }: Pipeline): number {
  const intervals = deliveryStreams.map(({ bufferSeconds }) => bufferSeconds * 1000);
  return Math.max(...intervals) + graceMilliseconds;
}

async function* counted(
  lines: AsyncIterable<InputLine>,
  tally: RecordTally,
): AsyncGenerator<InputLine> {
  for await (const line of lines) {
    if ("data" in line) tally.addSent(line.data);
    yield line;
  }
}

/** Every day, in the time zone, on which records can have arrived. */
function daysBetween(begin: number, end: number, timeZone: string): string[] {
  const moments = [end];
  for (let moment = begin; moment < end; moment += dayMilliseconds) moments.push(moment);
  return [
    ...new Set(moments.map((moment) => formatTimestamp("yyyy-MM-dd", moment, timeZone))),
  ].sort();
}
