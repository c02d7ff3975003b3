import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { addAbortSignal, type Readable } from "node:stream";

/** An opened file, or standard input. */
export interface Input {
  readonly name: string;
  readonly chunks: Readable;
  /** Size of a regular file in bytes; absent for a pipe. */
  readonly bytes?: number;
}

/**
 * Opens a file, or standard input for `-`.
 *
 * @param signal closes the input: a reader that waits for a silent pipe gets an AbortError
 * @throws Error if the file is missing, empty, a directory or not readable
 */
export async function openInput(file: string, signal: AbortSignal): Promise<Input> {
  if (file === "-")
    return { name: "Standard input", chunks: addAbortSignal(signal, process.stdin) };
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
  const chunks = createReadStream(file, { signal });
  await opened(file, chunks);
  return { name: file, chunks, ...(facts.isFile() && { bytes: facts.size }) };
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
