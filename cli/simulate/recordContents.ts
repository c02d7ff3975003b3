import {
  type DeliveryConfiguration,
  producersCompress,
} from "../../aws/firehose/model/deliveryConfiguration";
import { SeededRandom } from "../../local/simulation/seededRandom";
import { syntheticEvents } from "../../local/simulation/syntheticEvents";
import { openInput } from "../../records/input/openInput";
import { readRecords } from "../../records/input/readRecords";
import { gzipRecord } from "../../records/send/compressLines";
import { pipedCommand } from "../pipedCommand";
import { byteSize, counted, grouped } from "../../records/amounts";
import type { ContentSizes } from "./simulationDocument";

/** The data of the records, which are sent in a loop. */
export type Contents = readonly Uint8Array[];

/** Generated events of one size: few enough for the memory, too many to compress as repetitions. */
export function generatedContents(bytes: number, seed: number): Contents {
  const count = Math.min(4096, Math.max(8, Math.ceil(generatedBytes / bytes)));
  return syntheticEvents(new SeededRandom(seed, contentSequence), bytes, count);
}

/**
 * The lines of a file as records, or its first 64 MiB of them.
 *
 * @param print receives notes on lines that are not used
 * @throws Error if no line can be a record
 */
export async function inputContents(
  file: string,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<Contents> {
  const input = await openInput(file, signal, pipedCommand(file));
  const contents: Uint8Array[] = [];
  let bytes = 0;
  let rejected = 0;
  for await (const line of readRecords(input.chunks, input.name)) {
    if ("rejected" in line) rejected += 1;
    if (!("data" in line)) continue;
    if (bytes + line.data.length > maxInputBytes) {
      print(
        `note: only the first ${grouped(contents.length)} records of ${input.name} are used: ` +
          `the limit is ${byteSize(maxInputBytes)}.`,
      );
      break;
    }
    bytes += line.data.length;
    contents.push(line.data);
  }
  if (rejected > 0)
    print(
      `note: skipped ${counted(rejected, "line")} of ${input.name}: not UTF-8, or too long for a ` +
        "record.",
    );
  if (contents.length > 0) return contents;
  throw new Error(
    `${input.name} has no line that can be a record: it must be UTF-8 and below 1 MiB.`,
  );
}

/** The lines as records that producers of the delivery stream send: compressed, if they compress them. */
export function asProducersSend(
  lines: Contents,
  configuration: DeliveryConfiguration,
): { readonly contents: Contents; readonly sizes: ContentSizes } {
  const [records, plainBytes] = [lines.length, meanBytes(lines)];
  if (!producersCompress(configuration))
    return { contents: lines, sizes: { records, bytes: plainBytes } };
  const contents = lines.map(gzipRecord);
  const sizes = { records, bytes: meanBytes(contents), uncompressedBytes: plainBytes };
  return { contents, sizes };
}

function meanBytes(contents: Contents): number {
  return contents.reduce((sum, { length }) => sum + length, 0) / contents.length;
}

const generatedBytes = 4 * 1024 * 1024;
const maxInputBytes = 64 * 1024 * 1024;

/** Sequence of the seed's random numbers; local/simulation uses other sequences. */
const contentSequence = 0;
