import { SeededRandom } from "../../local/simulation/seededRandom";
import { syntheticEvents } from "../../local/simulation/syntheticEvents";
import { openInput } from "../../records/input/openInput";
import { readRecords } from "../../records/input/readRecords";
import { byteSize, grouped } from "../reports/amounts";

/** The data of the records that are sent, again and again. */
export type Contents = readonly Uint8Array[];

/** Made up events of one size: few enough to be held, too many to compress as repetitions. */
export function madeUpContents(bytes: number, seed: number): Contents {
  const count = Math.min(4096, Math.max(8, Math.ceil(madeUpBytes / bytes)));
  return syntheticEvents(new SeededRandom(seed, contentSequence), bytes, count);
}

/**
 * The records of a file, one a line, or its first 64 MiB of them.
 *
 * @param print told what of the file is not among them
 * @throws Error if there are none
 */
export async function inputContents(
  file: string,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<Contents> {
  const input = await openInput(file, signal);
  const contents: Uint8Array[] = [];
  let bytes = 0;
  let rejected = 0;
  for await (const line of readRecords(input.chunks, input.name)) {
    if ("rejected" in line) rejected += 1;
    if (!("data" in line)) continue;
    if (bytes + line.data.length > inputBytes) {
      print(
        `note: only the first ${grouped(contents.length)} records of ${input.name} are used: ` +
          `${byteSize(inputBytes)} are held.`,
      );
      break;
    }
    bytes += line.data.length;
    contents.push(line.data);
  }
  if (rejected > 0)
    print(`note: ${grouped(rejected)} lines of ${input.name} are left out: they can be no record.`);
  if (contents.length > 0) return contents;
  throw new Error(`${input.name} has no line that can be a record: UTF-8, and below 1 MiB.`);
}

const madeUpBytes = 4 * 1024 * 1024;
const inputBytes = 64 * 1024 * 1024;

/** Of the seed's random numbers; local/simulation uses others. */
const contentSequence = 0;
