import { isUtf8 } from "node:buffer";
import { isBlank, LineSplitter, type SplitLine } from "./lineSplitter";

/** One line of the input: a record, rejected with a reason, or blank. `line` counts from 1. */
type LineContent =
  | {
      readonly line: number;
      readonly data: Uint8Array;
      /** The line itself, if the data is compressed. */
      readonly plain?: Uint8Array;
      /** Its first line, if it has several: `line` is the last one. */
      readonly firstLine?: number;
      /** Size of its lines. Default: of `plain`, or else of the data. */
      readonly lineBytes?: number;
      /** With which it is sent to a stream. Default: a random one. */
      readonly partitionKey?: string;
    }
  | { readonly line: number; readonly rejected: string }
  | { readonly line: number; readonly blank: true };

/** A line, and how far the input has been read: the last line that arrived together with it. */
export type InputLine = LineContent & { readonly readTo: number };

/** Length of a random UUID, with which each record is sent to a Kinesis stream. */
export const PARTITION_KEY_BYTES = 36;

/** The largest data blob: a record of a Kinesis stream without its partition key. */
export const MAX_DATA_BYTES = 1024 * 1024 - PARTITION_KEY_BYTES;

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const CARRIAGE_RETURN = 0x0d;
const NOT_UTF8 = "not UTF-8";

/**
 * Reads records, one per line (ended by LF or CRLF), as the chunks arrive. Lines that contain only
 * white space are blank. A byte order mark at the start is not part of a record. A line that cannot
 * be a record (not UTF-8, too large for Kinesis) is rejected with a reason, and reading continues.
 * An oversized line is never kept whole in memory.
 *
 * @param name of the input in the error, e.g. the file name
 * @throws Error after the last line if all lines are blank
 */
export async function* readRecords(
  chunks: AsyncIterable<Uint8Array>,
  name = "The input",
): AsyncGenerator<InputLine> {
  let line = 0;
  let records = 0;
  let read: LineContent[] = [];
  // Leaves room for a byte order mark and a CR, which are removed later.
  const splitter = new LineSplitter(MAX_DATA_BYTES + BYTE_ORDER_MARK.length + 1, (splitLine) => {
    line += 1;
    const input = inputLine(line, splitLine);
    if (!("blank" in input)) records += 1;
    read.push(input);
  });
  function* lines(): Generator<InputLine> {
    for (const content of read) yield { ...content, readTo: line };
    read = [];
  }
  for await (const chunk of chunks) {
    splitter.push(chunk);
    yield* lines();
  }
  splitter.end();
  yield* lines();
  if (records === 0) {
    throw new Error(
      `${name} contains no records. Put one event on each line, for example as JSON.`,
    );
  }
}

function inputLine(line: number, { bytes, length }: SplitLine): LineContent {
  const hasMark = line === 1 && BYTE_ORDER_MARK.equals(bytes.subarray(0, BYTE_ORDER_MARK.length));
  const hasReturn = bytes.at(-1) === CARRIAGE_RETURN;
  const start = hasMark ? BYTE_ORDER_MARK.length : 0;
  const size = length - start - (hasReturn ? 1 : 0);
  if (size > MAX_DATA_BYTES) return { line, rejected: tooLarge(size) };
  const data = bytes.subarray(start, start + size);
  if (isBlank(data)) return { line, blank: true };
  return isUtf8(data) ? { line, data } : { line, rejected: NOT_UTF8 };
}

function tooLarge(size: number): string {
  return `${size} bytes; Kinesis accepts at most ${MAX_DATA_BYTES} in addition to the partition key`;
}
