import {
  type DeliveryConfiguration,
  producersCompress,
} from "../../aws/firehose/model/deliveryConfiguration";
import { unlessAborted } from "../../aws/unlessAborted";
import { formatTimestamp } from "../../components/prefix/formatTimestamp";
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
import { RecordTally, type TallyResult } from "../../records/verify/recordTally";
import { type LakeReport, verifyLake } from "../../records/verify/verifyLake";
import { counted } from "../reports/amounts";
import { compressionNote } from "../send/sendReport";
import type { DeliveryProgress } from "./deliveryProgress";
import { delimiterOf, deliversMessages, recordsIn, tallied } from "./expectedRecords";
import type { Pipeline } from "./startPipeline";

/** What was sent of an input, and what of it was found in the bucket. */
export interface InputResult {
  readonly sending: SendSummary;
  /**
   * Absent if a function changes the records or the delivery stream splits them, or if the run was
   * interrupted before the bucket was read to its end.
   */
  readonly found?: InputFound;
  /** The same comparison with the backup, whatever becomes of the records; absent without one. */
  readonly backup?: TallyResult;
}

interface InputFound {
  readonly lake: LakeReport;
  readonly comparison: TallyResult;
}

interface SendContext {
  readonly aws: Pick<LocalAws, "records" | "streamProducer" | "firehoseClient" | "s3Client">;
  readonly progress: DeliveryProgress;
  readonly signal: AbortSignal;
}

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** Source: Firehose Developer Guide, "Transform source data": functions run for up to 5 minutes. */
const maximumCallSeconds = 300;

/** A healthy delivery stream makes progress within its buffer interval and this time. */
const graceMilliseconds = 60_000;

/**
 * Sends an input to the pipeline's stream, or to its delivery stream if that has no source, waits until
 * Firehose has delivered it, and then compares it with the bucket, which it reads through its S3 API,
 * unless records are changed or split there, and with that of the backup. It compresses each line if
 * producers do.
 *
 * @throws Error if the pipeline has several delivery streams that could receive the input
 */
export async function sendThrough(
  input: Input,
  pipeline: Pick<Pipeline, "deliveryStreams">,
  { aws, progress, signal }: SendContext,
): Promise<InputResult> {
  const [only, ...others] = pipeline.deliveryStreams;
  if (!only || others.length > 0) {
    const names = pipeline.deliveryStreams.map(({ name }) => name).join(", ");
    throw new Error(
      `The stack declares several delivery streams (${names}), so the input has no single target. ` +
        "Use --keep without --input, and send records with streamlake send.",
    );
  }
  const target = targetOf(only, aws);
  const begin = Date.now();
  const compression = producersCompress(only) ? "GZIP" : "none";
  // Joined GZIP records can be separated only in an object whose name ends in .gz.
  const backup = compression === "none" ? only.backup : undefined;
  const tally = new RecordTally(delimiterOf(only));
  const backupTally = backup && new RecordTally(delimiterOf(backup));
  if (compression === "GZIP") progress.print(compressionNote(only.name));
  progress.show();
  try {
    const lines = compressLines(readRecords(input.chunks, input.name), compression);
    const sending = await sendRecords({
      target,
      records: tallied(
        withinLimits(lines, target),
        backupTally ? [tally, backupTally] : [tally],
        recordsIn(only),
      ),
      signal,
    });
    if (!signal.aborted)
      progress.print(`Sent ${counted(sending.sent, "record")}; waiting for delivery.`);
    await progress.delivered(() => aws.records(), longestSilence(pipeline), signal);
    if (signal.aborted) return { sending };
    const reason = whyNotCompared(only);
    const isRead = reason === undefined;
    if (!isRead) progress.print(`${reason}: the bucket is not compared with the input.`);
    const compared = deliversMessages(only) ? "the log messages of the input" : "the input";
    if (isRead) progress.print(`Comparing the bucket with ${compared}.`);
    else if (backup) progress.print("Comparing the backup with the input.");
    const reading = Promise.all([
      isRead ? compare(tally, only, aws, begin) : undefined,
      backup && backupTally && compare(backupTally, backup, aws, begin),
    ]);
    const [found, inBackup] = (await unlessAborted(reading, signal)) ?? [];
    return { sending, ...(found && { found }), ...(inBackup && { backup: inBackup.comparison }) };
  } finally {
    progress.hide();
  }
}

/** What makes records of objects others than those of the input. */
function whyNotCompared({ name, processors }: DeliveryConfiguration): string | undefined {
  if (processors.some(({ type }) => type === "Lambda")) return "A function changes the records";
  const splits = processors.some(({ type }) => type === "RecordDeAggregation");
  return splits ? `${name} splits records` : undefined;
}

function targetOf({ name, source }: DeliveryConfiguration, aws: SendContext["aws"]): SendTarget {
  return source.type === "kinesis"
    ? streamTarget(aws.streamProducer(source.region), source.name)
    : deliveryStreamTarget(aws.firehoseClient(source.region), name);
}

async function compare(
  tally: RecordTally,
  output: DeliveryConfiguration,
  aws: SendContext["aws"],
  begin: number,
): Promise<InputFound> {
  const lake = await readObjects(tally, output, aws, begin);
  const result = tally.result();
  return { lake, comparison: output.conversion ? ofRows(result, lake.records) : result };
}

/**
 * Reads the objects of the days since the sending began. The rows of Parquet objects are only counted,
 * because the conversion changes the records.
 */
function readObjects(
  tally: RecordTally,
  output: DeliveryConfiguration,
  aws: SendContext["aws"],
  begin: number,
): Promise<LakeReport> {
  const { source, bucket, prefix, errorPrefix, timeZone } = output;
  return verifyLake({
    client: aws.s3Client(source.region),
    bucket,
    prefix,
    ...(errorPrefix !== "" && { errorPrefix }),
    days: daysBetween(begin, Date.now(), timeZone),
    timeZone,
    delimiter: delimiterOf(output),
    ...(!output.conversion && { tally }),
  });
}

/** A record may become several rows, so that only missing rows can be noticed. */
function ofRows({ sent }: TallyResult, rows: number): TallyResult {
  const delivered = Math.min(sent, rows);
  return { sent, delivered, missing: sent - delivered, duplicated: 0, unexpected: 0 };
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

/** Every day, in the time zone, on which records may have arrived. */
function daysBetween(begin: number, end: number, timeZone: string): string[] {
  const moments = [end];
  for (let moment = begin; moment < end; moment += dayMilliseconds) moments.push(moment);
  return [
    ...new Set(moments.map((moment) => formatTimestamp("yyyy-MM-dd", moment, timeZone))),
  ].sort();
}
