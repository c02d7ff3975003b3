import {
  type DeliveryConfiguration,
  producersCompress,
} from "../../aws/firehose/model/deliveryConfiguration";
import { formatTimestamp } from "../../components/prefix/formatTimestamp";
import type { LocalAws } from "../../local/run/startLocalAws";
import type { RecordCompression } from "../../records/send/compressLines";
import { RecordTally, type TallyResult } from "../../records/verify/recordTally";
import { type LakeReport, verifyLake } from "../../records/verify/verifyLake";
import { delimiterOf, deliversMessages, recordsIn } from "./expectedRecords";

/** What of an input was found in one place. */
export interface OutputResult {
  /** Names of the delivery streams that write there. Each adds all records. */
  readonly deliveryStreams: readonly string[];
  /** Absent if a function changes the records or a delivery stream splits them. */
  readonly found?: OutputFound;
  /** The same comparison with the backup, whatever becomes of the records; absent without one. */
  readonly backup?: TallyResult;
}

export interface OutputFound {
  readonly lake: LakeReport;
  readonly comparison: TallyResult;
}

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** One place where delivery streams write objects, and the records of an input that must be there. */
export class ExpectedOutput {
  readonly #writers: readonly DeliveryConfiguration[];
  readonly #configuration: DeliveryConfiguration;
  readonly #whyNotCompared: string | undefined;
  readonly #tally: RecordTally;
  readonly #backupTally: RecordTally | undefined;

  private constructor(
    writers: readonly [DeliveryConfiguration, ...DeliveryConfiguration[]],
    compression: RecordCompression,
  ) {
    const [configuration] = writers;
    this.#writers = writers;
    this.#configuration = configuration;
    this.#whyNotCompared = writers
      .map((writer) => whyNotCompared(writer, compression))
      .find((reason) => reason !== undefined);
    this.#tally = new RecordTally(delimiterOf(configuration));
    const { backup } = configuration;
    // Joined GZIP records can be separated only in an object whose name ends in .gz.
    if (backup && compression === "none") this.#backupTally = new RecordTally(delimiterOf(backup));
  }

  /** One output for each place, whoever writes there. */
  static of(
    deliveryStreams: readonly DeliveryConfiguration[],
    compression: RecordCompression,
  ): readonly ExpectedOutput[] {
    const byPlace = new Map<string, [DeliveryConfiguration, ...DeliveryConfiguration[]]>();
    for (const configuration of deliveryStreams) {
      const place = placeOf(configuration);
      const others = byPlace.get(place);
      if (others) others.push(configuration);
      else byPlace.set(place, [configuration]);
    }
    return [...byPlace.values()].map((writers) => new ExpectedOutput(writers, compression));
  }

  /** A sentence about what is compared. */
  get announcement(): string {
    const reason = this.#whyNotCompared;
    if (reason !== undefined)
      return (
        `${reason}: the bucket is not compared with the input.` +
        (this.#backupTally ? "\nComparing the backup with the input." : "")
      );
    const compared = deliversMessages(this.#configuration)
      ? "the log messages of the input"
      : "the input";
    return `Comparing the bucket with ${compared}.`;
  }

  /** @param line of the input, as a producer has it before compressing it */
  addSent(line: Uint8Array): void {
    for (const record of recordsIn(this.#configuration)(line)) {
      this.#tally.addSent(record);
      this.#backupTally?.addSent(record);
    }
  }

  /**
   * Reads the objects of the days since the sending began, and those of the backup.
   *
   * @param begin when the sending began, in milliseconds since 1970
   */
  async compare(aws: Pick<LocalAws, "s3Client">, begin: number): Promise<OutputResult> {
    const { backup } = this.#configuration;
    const isRead = this.#whyNotCompared === undefined;
    const [found, inBackup] = await Promise.all([
      isRead ? compare(this.#tally, this.#configuration, aws, begin) : undefined,
      backup && this.#backupTally && compare(this.#backupTally, backup, aws, begin),
    ]);
    return {
      deliveryStreams: this.#writers.map(({ name }) => name),
      ...(found && { found }),
      ...(inBackup && { backup: inBackup.comparison }),
    };
  }
}

/** Delivery streams with the same place write the same records, and an object does not show whose it is. */
function placeOf(configuration: DeliveryConfiguration): string {
  const { bucket, prefix, timeZone, backup } = configuration;
  return JSON.stringify([bucket, prefix, timeZone, backup?.bucket, backup?.prefix]);
}

/** What makes records of objects others than those of the input. */
function whyNotCompared(
  configuration: DeliveryConfiguration,
  compression: RecordCompression,
): string | undefined {
  const { name, processors } = configuration;
  if (processors.some(({ type }) => type === "Lambda")) return "A function changes the records";
  if (processors.some(({ type }) => type === "RecordDeAggregation"))
    return `${name} splits records`;
  if (compression === "GZIP" && !producersCompress(configuration))
    return `${name} delivers the compressed records of another delivery stream as they are`;
  return undefined;
}

async function compare(
  tally: RecordTally,
  output: DeliveryConfiguration,
  aws: Pick<LocalAws, "s3Client">,
  begin: number,
): Promise<OutputFound> {
  const { source, bucket, prefix, errorPrefix, timeZone } = output;
  const lake = await verifyLake({
    client: aws.s3Client(source.region),
    bucket,
    prefix,
    ...(errorPrefix !== "" && { errorPrefix }),
    days: daysBetween(begin, Date.now(), timeZone),
    timeZone,
    delimiter: delimiterOf(output),
    // The conversion changes the records, so the rows of Parquet objects are only counted.
    ...(!output.conversion && { tally }),
  });
  const result = tally.result();
  return { lake, comparison: output.conversion ? ofRows(result, lake.records) : result };
}

/** A record may become several rows, so that only missing rows can be noticed. */
function ofRows({ sent }: TallyResult, rows: number): TallyResult {
  const delivered = Math.min(sent, rows);
  return { sent, delivered, missing: sent - delivered, duplicated: 0, unexpected: 0 };
}

/** Every day, in the time zone, on which records may have arrived. */
function daysBetween(begin: number, end: number, timeZone: string): string[] {
  const moments = [end];
  for (let moment = begin; moment < end; moment += dayMilliseconds) moments.push(moment);
  return [
    ...new Set(moments.map((moment) => formatTimestamp("yyyy-MM-dd", moment, timeZone))),
  ].sort();
}
