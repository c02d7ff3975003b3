import { relative } from "node:path";
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

/**
 * The reason in an error that the SDK logs, and under it the lines of the program's own sources in its
 * stack trace. An error that is deliberate (Pulumi: `RunError`) is logged without a stack trace.
 *
 * @param reason default: the readable one
 */
export function reasonWithPlace(logged: string, reason = readableReason(logged)): string {
  return [reason, ...placesIn(logged)].join("\n");
}

/** A line of a stack trace: the function, if it has a name, and file, line and column. */
const FRAME =
  /^\s+at (?:async )?(?:(?<name>.+) \()?(?:file:\/\/)?(?<file>\/[^()]+?):(?<place>\d+:\d+)\)?(?: \{)?$/;

/** Files of packages, and those that load the program. */
const FOREIGN = /\/node_modules\/|\/engine\/runner\/preload\//;

/** The lines of a stack trace that are in the program's own sources, with paths as a user types them. */
function placesIn(logged: string): string[] {
  return stackOf(linesOf(logged)).flatMap((line) => {
    const { name, file, place } = FRAME.exec(line)?.groups ?? {};
    if (file === undefined || place === undefined || FOREIGN.test(file)) return [];
    const fromHere = relative(process.cwd(), file);
    const path = `${fromHere.startsWith("..") ? file : fromHere}:${place}`;
    return [`    at ${name === undefined || name.includes("<") ? path : `${name} (${path})`}`];
  });
}

const HEADLINE = /^.*Running program '.*' failed with an unhandled exception:\n/m;

/** How Node.js marks an error that refers to itself, as errors of the SDK do. */
const SELF_REFERENCE = /^<ref \*\d+> /;

/** `Error: ` and similar. TypeError and similar stay, because they indicate a bug, not bad input. */
const CLASS_NAME =
  /^(?:Uncaught )?(?!(?:Type|Reference|Syntax|Range)Error\b)(?:\w+ \[Error\]|\w*Error(?: \[\w+\])?): /;

/**
 * The program's own message in an error that the SDK logs, without the SDK's headline, the class
 * name of the error and the stack trace.
 */
export function readableReason(logged: string): string {
  const lines = linesOf(logged);
  const stack = lines.findIndex(isFrame);
  const message = (stack < 1 ? lines : lines.slice(0, stack)).filter((line) => !isInPackage(line));
  return message.join("\n").trim().replace(SELF_REFERENCE, "").replace(CLASS_NAME, "");
}

/** A line that Node.js adds about a missing module: a file of a package that required it. */
function isInPackage(line: string): boolean {
  return /^- .*[/\\]node_modules[/\\]/.test(line);
}

function linesOf(logged: string): string[] {
  return (stripVTControlCharacters(logged).split(HEADLINE).at(-1) ?? "").split("\n");
}

/** The first stack trace. Those of causes follow it. */
function stackOf(lines: readonly string[]): readonly string[] {
  const start = lines.findIndex(isFrame);
  if (start < 1) return [];
  const length = lines.slice(start).findIndex((line) => !isFrame(line));
  return lines.slice(start, length < 0 ? undefined : start + length);
}

function isFrame(line: string): boolean {
  return /^\s+at .+/.test(line);
}
