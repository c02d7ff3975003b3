import { stripVTControlCharacters } from "node:util";
import type { Redact } from "../graph/redaction";

/**
 * Why a program or a policy pack did not run to completion. The message is for the user; the stack
 * is that of the child process.
 */
export class RunnerFailure extends Error {
  override readonly name = "RunnerFailure";
  readonly #details: string;

  /** @param details everything that the runner reported, with stack traces */
  constructor(message: string, details: string) {
    super(message);
    this.#details = details;
    this.stack = `${message}\n\n${details}`;
  }

  /** The same failure without secrets. */
  redacted(redact: Redact): RunnerFailure {
    return new RunnerFailure(redact(this.message), redact(this.#details));
  }
}

const HEADLINE = /^.*Running program '.*' failed with an unhandled exception:\n/m;

/** `Error: ` and similar. TypeError and similar stay, because they indicate a bug, not bad input. */
const CLASS_NAME =
  /^(?:Uncaught )?(?!(?:Type|Reference|Syntax|Range)Error\b)(?:\w+ \[Error\]|\w*Error(?: \[\w+\])?): /;

/**
 * The program's own message in an error that the SDK logs, without the SDK's headline, the class
 * name of the error and the stack trace.
 */
export function readableReason(logged: string): string {
  const lines = (stripVTControlCharacters(logged).split(HEADLINE).at(-1) ?? "").split("\n");
  const stack = lines.findIndex((line) => /^\s+at .+/.test(line));
  const message = (stack < 1 ? lines : lines.slice(0, stack)).join("\n").trim();
  return message.replace(CLASS_NAME, "");
}
