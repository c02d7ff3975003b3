import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { knownSteps } from "./processing";
import type { Target } from "./target";

/** In the directory of a run. */
const fileName = "run.json";

const deliveryStream = z.object({
  name: z.string(),
  region: z.string(),
  /** The Kinesis stream that it reads; absent if producers put records to it. */
  stream: z.string().optional(),
  bucket: z.string(),
  prefix: z.string(),
  errorPrefix: z.string(),
  timeZone: z.string(),
  delimiter: z.enum(["newline", "none"]),
  recordCompression: z.enum(["none", "GZIP"]),
  /** Buffer interval of the run; absent in the file of an older version, as are those that follow. */
  bufferSeconds: z.number().optional(),
  /** Names of what it does with records. */
  processing: z.array(z.string()).optional(),
  /** Records of the stream that processors have removed. */
  droppedRecords: z.number().optional(),
});

const localRun = z.object({
  version: z.literal(1),
  stack: z.string(),
  /** The process that runs or ran it. */
  process: z.number(),
  /** False once it has ended as it should. */
  running: z.boolean(),
  endpoints: z.object({ kinesis: z.string(), firehose: z.string(), s3: z.string() }),
  deliveryStreams: z.array(deliveryStream),
});

/** A local run, as other commands find it: written when its delivery streams start and when it ends. */
export type LocalRun = Readonly<z.infer<typeof localRun>>;

export type LocalDeliveryStream = LocalRun["deliveryStreams"][number];

/** Replaces the file of a run in its directory at once. */
export function writeLocalRun(directory: string, run: LocalRun): void {
  const file = join(directory, fileName);
  writeFileSync(`${file}.next`, `${JSON.stringify(run, undefined, 2)}\n`);
  renameSync(`${file}.next`, file);
}

/** @returns undefined if no run has written to the directory, or another version of this command */
export function readLocalRun(directory: string): LocalRun | undefined {
  try {
    return localRun.parse(JSON.parse(readFileSync(join(directory, fileName), "utf8")));
  } catch {
    return undefined;
  }
}

/**
 * A delivery stream of a run.
 *
 * @param title of the run, for messages
 * @param name of the delivery stream; absent if the run has only one
 * @throws Error that lists the delivery streams of the run
 */
export function localTarget(run: LocalRun, title: string, name?: string): Target {
  const { region, stream, recordCompression, ...others } = chosen(run, title, name);
  const { bufferSeconds, processing, droppedRecords, ...lake } = others;
  const entry =
    stream === undefined
      ? ({ type: "delivery-stream", name: lake.name } as const)
      : ({ type: "stream", name: stream } as const);
  return {
    title,
    entry: () => ({ ...entry, region, recordCompression }),
    lake: () => ({
      ...{ ...lake, region },
      processing: {
        ...(bufferSeconds !== undefined && { bufferSeconds }),
        ...(processing && { steps: knownSteps(processing) }),
        ...(droppedRecords !== undefined && { droppedRecords }),
      },
    }),
    delivery: () => {
      const { name, bucket, prefix, errorPrefix } = lake;
      return { name, region, bucket, prefix, errorPrefix, ...(stream !== undefined && { stream }) };
    },
  };
}

function chosen(
  { deliveryStreams }: LocalRun,
  title: string,
  name: string | undefined,
): LocalDeliveryStream {
  const [first, ...others] =
    name === undefined ? deliveryStreams : deliveryStreams.filter((one) => one.name === name);
  if (first !== undefined && others.length === 0) return first;
  const names = deliveryStreams.map((one) => one.name).join(", ");
  throw new Error(
    name === undefined
      ? `${title} has ${deliveryStreams.length} delivery streams. Choose one with --delivery-stream: ${names}.`
      : `${title} has no delivery stream "${name}"; it has ${names}.`,
  );
}
