import { randomInt } from "node:crypto";
import { fixedClock, generateEvents, minimumBytes } from "../../records/generate/generateEvents";
import { openInput } from "../../records/input/openInput";
import { type InputLine, readRecords } from "../../records/input/readRecords";
import type { SendProgress } from "../../records/send/sendRecords";
import { printMessage } from "../output";
import { pipedCommand } from "../pipedCommand";
import { counted } from "../../records/amounts";

export interface SourceOptions {
  /** How many events to generate instead of reading a file. */
  readonly generate?: number;
  /** Of the generated events. */
  readonly seed?: number;
  /** Of each generated event, in bytes. */
  readonly size?: number;
}

/** Where the lines come from. */
export interface SendSource {
  readonly lines: AsyncIterable<InputLine>;
  /** How much there is to send, for a progress bar; absent if that is unknown. */
  readonly total?: number;
  /** How much of it a progress is. */
  readonly done: (progress: SendProgress) => number;
}

/**
 * Opens what is to be sent: a file, standard input, or generated events.
 *
 * @throws Error if there is nothing, or both
 */
export async function sendSource(
  file: string | undefined,
  options: SourceOptions,
  signal: AbortSignal,
): Promise<SendSource> {
  const { generate, seed, size } = options;
  if (generate === undefined) {
    if (seed !== undefined || size !== undefined)
      throw new Error("--seed and --size belong to --generate: add it.");
    const input = await openInput(file ?? "-", signal, pipedCommand(file ?? "-"));
    return {
      lines: readRecords(input.chunks, input.name),
      ...(input.bytes !== undefined && { total: input.bytes }),
      // In the file, each record is followed by a line feed.
      done: ({ lineBytes, sent }) => lineBytes + sent,
    };
  }
  if (file !== undefined)
    throw new Error("--generate makes the events itself: leave out the file, or --generate.");
  if (size !== undefined && size < minimumBytes)
    throw new Error(`--size is ${size} bytes; the smallest event has ${minimumBytes}.`);
  const used = seed ?? randomInt(2 ** 32);
  printMessage(
    seed === undefined
      ? `Generating ${counted(generate, "event")} of now; --seed ${used} makes such events again, of 2026-03-14.`
      : `Generating ${counted(generate, "event")} with seed ${seed}.`,
  );
  return {
    lines: generateEvents({
      ...{ count: generate, seed: used, ...(size !== undefined && { bytes: size }) },
      clock: seed === undefined ? () => Date.now() : fixedClock(),
    }),
    total: generate,
    done: ({ sentLines }) => sentLines,
  };
}
