import { userRecords } from "../../aws/firehose/features/kplAggregates";
import type { Target, TargetEntry } from "../../records/target/target";
import { tailObjects } from "../../records/tail/tailObjects";
import { tailStream } from "../../records/tail/tailStream";
import { interrupted, interruptible } from "../interruptible";
import { outputDrained, print, printMessage, reportOutput } from "../output";
import { counted } from "../../records/amounts";
import { printable } from "../reports/printable";
import { columnsOf } from "../reports/terminal";
import { kinesisClient, s3Client } from "../serviceClients";
import { openAws, type OpenTarget, openTarget } from "../target/openTarget";
import { nameTarget, type TargetOptions } from "../target/targetOptions";
import { JqFilter } from "./jqFilter";
import { dataLine, jsonLine, type RecordLine, tableLine, type TailedRecord } from "./recordLines";
import type { TailPosition } from "./tailPosition";

export interface TailCommandOptions extends TargetOptions {
  readonly stream?: string;
  readonly objects?: boolean;
  readonly from: TailPosition;
  /** In the language of jq. */
  readonly jq?: string;
  readonly count?: number;
  readonly json?: boolean;
  readonly table?: boolean;
}

/**
 * Prints records as they arrive, until there are enough or Ctrl-C.
 *
 * @returns the exit code
 * @throws Error if the stream or the bucket cannot be read
 */
export async function tail(options: TailCommandOptions): Promise<number> {
  const { objects = false } = options;
  const filter = options.jq === undefined ? undefined : await JqFilter.read(options.jq);
  const open = await openPipeline(options);
  return interruptible(async (interrupt) => {
    const printer = new RecordPrinter(options, filter);
    const signal = AbortSignal.any([interrupt, printer.complete]);
    await (objects ? tailLake : tailEntry)(open, options, printer, signal);
    if (filter && filter.failed > 0)
      printMessage(`Left out ${counted(filter.failed, "record")}: not JSON, or the query failed.`);
    return printer.complete.aborted ? 0 : interrupted;
  }).finally(open.close);
}

async function openPipeline(options: TailCommandOptions): Promise<OpenTarget> {
  const { stream, objects = false } = options;
  if (stream !== undefined) {
    if (nameTarget(options) || objects) throw new Error(oneOf);
    return { target: namedStream(stream), ...openAws(options) };
  }
  const open = await openTarget(options, "--stream NAME and --region REGION");
  if (open === undefined) throw new Error(oneOf);
  return open;
}

const oneOf =
  "Specify one of --stack NAME, --stack-export FILE, --local and, without --objects, --stream NAME.";

function namedStream(name: string): Target {
  const unnamed = (): never => {
    throw new Error(oneOf);
  };
  return {
    title: `stream "${name}"`,
    entry: () => ({ type: "stream", name }),
    ...{ lake: unnamed, delivery: unnamed },
  };
}

async function tailEntry(
  { target, aws }: OpenTarget,
  { from }: TailCommandOptions,
  printer: RecordPrinter,
  signal: AbortSignal,
): Promise<void> {
  const entry = target.entry();
  if (entry.type === "delivery-stream") throw new Error(unreadable(entry));
  const client = kinesisClient(await aws("kinesis", entry.region));
  try {
    await tailStream({
      client,
      stream: entry.name,
      from: typeof from === "string" || from instanceof Date ? from : new Date(from.day),
      signal,
      onStart: (shards) => {
        printMessage(`Reading ${counted(shards, "shard")} of ${entry.name}; Ctrl-C ends it.`);
      },
      onRecords: (records) =>
        printer.print(
          records.flatMap(({ data, arrival, partitionKey, ...place }) =>
            (userRecords(data) ?? [{ data, partitionKey }]).map((part) => ({
              data: part.data,
              position: {
                ...place,
                partitionKey: part.partitionKey,
                arrival: arrival.toISOString(),
              },
            })),
          ),
        ),
    });
  } finally {
    client.destroy();
  }
}

function unreadable({ name }: TargetEntry): string {
  return (
    `Producers put records to the delivery stream "${name}" itself, and there is no way to read ` +
    "them there. Read what it has delivered with --objects."
  );
}

async function tailLake(
  { target, aws }: OpenTarget,
  { from }: TailCommandOptions,
  printer: RecordPrinter,
  signal: AbortSignal,
): Promise<void> {
  const { region, ...lake } = target.lake();
  const since = sinceOf(from);
  const client = s3Client(await aws("s3", region));
  try {
    await tailObjects({
      client,
      ...lake,
      ...(since !== undefined && { since }),
      signal,
      onStart: (skipped) => {
        const earlier = skipped === 0 ? "" : ` after ${counted(skipped, "earlier object")}`;
        printMessage(`Reading new objects of ${lake.bucket}${earlier}; Ctrl-C ends it.`);
      },
      onObject: async ({ key, records, damage }) => {
        await printer.print(records.map((data) => ({ data, position: { key } })));
        if (damage !== undefined) printMessage(`${printable(key)} is damaged: ${damage}`);
      },
    });
  } finally {
    client.destroy();
  }
}

/** @returns undefined for new objects only */
function sinceOf(from: TailPosition): string | undefined {
  if (from === "latest") return undefined;
  if (typeof from === "object" && "day" in from) return from.day;
  throw new Error("With --objects, --from must be latest or a day such as 2026-11-22.");
}

/** Prints records until there are enough. */
class RecordPrinter {
  readonly #line: RecordLine;
  readonly #filter: JqFilter | undefined;
  readonly #complete = new AbortController();
  #left: number;

  constructor({ json, table, count = Infinity }: TailCommandOptions, filter?: JqFilter) {
    this.#filter = filter;
    this.#line = json ? jsonLine : table ? tableLine(columnsOf(reportOutput())) : dataLine;
    this.#left = count;
  }

  /** Aborted once there are enough. */
  get complete(): AbortSignal {
    return this.#complete.signal;
  }

  /** Resolves when there is room for more output. */
  async print(records: readonly TailedRecord[]): Promise<void> {
    const chosen = this.#filter?.apply(records) ?? records;
    const lines = chosen.slice(0, this.#left).map(this.#line);
    this.#left -= lines.length;
    if (lines.length > 0) print(lines.join("\n"));
    if (this.#left <= 0) this.#complete.abort();
    await outputDrained();
  }
}
