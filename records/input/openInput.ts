import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { addAbortSignal, type Readable } from "node:stream";
import { HEAD_BYTES, inputMistake, mayBecomeMistake } from "./inputMistake";
import { shellWord } from "../shellWord";
import { isBlank } from "./lineSplitter";

/** An opened file, or standard input. */
export interface Input {
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Size of a regular file in bytes; absent for a pipe. */
  readonly bytes?: number;
}

/**
 * Opens a file, or standard input for `-`. An input that is surely a mistake is rejected: a file here,
 * before anything else happens, and a pipe, which may have no data yet, with its first bytes.
 *
 * @param signal closes the input: a reader that waits for a silent pipe gets an AbortError
 * @param piped the command that does the same with standard input, for the fix of a mistake
 * @throws Error if the file is missing, empty, blank, a directory, not readable or surely a mistake
 */
export async function openInput(
  file: string,
  signal: AbortSignal,
  piped = "npx streamlake send -",
): Promise<Input> {
  if (file === "-") {
    const name = "Standard input";
    return { name, chunks: checked(addAbortSignal(signal, process.stdin), name, piped) };
  }
  const facts = await stat(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  if (facts.isDirectory()) {
    throw new Error(
      `${file} is a directory. Specify a file with one event per line, or - for standard input.`,
    );
  }
  if (facts.isFile() && facts.size === 0) {
    throw new Error(`${file} is empty. Put one event on each line, for example as JSON.`);
  }
  const open = async (): Promise<Readable> => {
    const stream = createReadStream(file, { signal });
    await opened(file, stream);
    return stream;
  };
  if (!facts.isFile()) return { name: file, chunks: checked(await open(), file, piped) };
  await checkFile(file, await open(), piped);
  return { name: file, chunks: await open(), bytes: facts.size };
}

/** Reads a file up to its first character that is not white space. */
async function checkFile(file: string, chunks: Readable, piped: string): Promise<void> {
  let isFirst = true;
  for await (const chunk of chunks as AsyncIterable<Buffer>) {
    if (isFirst) rejectMistake(chunk, file, piped, file);
    const start = isFirst && BYTE_ORDER_MARK.equals(chunk.subarray(0, 3)) ? 3 : 0;
    if (!isBlank(chunk.subarray(start))) return;
    isFirst = false;
  }
  throw new Error(
    `${file} contains only blank lines. Put one event on each line, for example as JSON.`,
  );
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** The chunks of a pipe. The first ones are passed on as soon as they cannot become a mistake. */
async function* checked(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  piped: string,
): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | undefined = new Uint8Array();
  for await (const chunk of chunks) {
    if (head === undefined) yield chunk;
    else {
      head = Buffer.concat([head, chunk]);
      if (head.length < HEAD_BYTES && mayBecomeMistake(head)) continue;
      rejectMistake(head, name, piped);
      yield head;
      head = undefined;
    }
  }
  if (head === undefined) return;
  rejectMistake(head, name, piped);
  yield head;
}

/** @param file for the fix; absent for standard input */
function rejectMistake(head: Uint8Array, name: string, piped: string, file?: string): void {
  const mistake = inputMistake(head.subarray(0, HEAD_BYTES));
  if (mistake === undefined) return;
  const { found, convert, purpose = "convert it", otherwise } = mistake;
  const fixes = [...(convert ? [{ purpose, convert }] : []), ...(otherwise ? [otherwise] : [])].map(
    (fix) =>
      `To ${fix.purpose}:\n  ${file === undefined ? `... | ${fix.convert()}` : fix.convert(shellWord(file))} | ${piped}`,
  );
  const fix =
    fixes.length > 0
      ? fixes.join("\n")
      : "Convert it to lines of text first, for example one JSON value per line.";
  throw new Error(`${name} is ${found}. Records are lines of text in UTF-8. ${fix}`);
}

async function opened(file: string, stream: Readable): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    stream.once("open", resolve);
    stream.once("error", (error) => {
      reject(unreadable(file, error));
    });
  });
}

function unreadable(file: string, error: unknown): Error {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return new Error(`${file}: there is no such file.`);
  if (code === "EACCES") return new Error(`${file}: no permission to read it.`);
  return new Error(
    `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
  );
}
