import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { recordingSvg } from "./recordingSvg";
import { COLUMNS, type Recording, recordings, transcript } from "./recordings";
import { ROWS, screenLines } from "./screenLines";

const ROOT = join(__dirname, "../..");
const IMAGES = join(ROOT, "docs/images");

/** Writes the picture of each recording: `npm run recordings`. */
async function makeRecordings(): Promise<void> {
  mkdirSync(IMAGES, { recursive: true });
  for (const recording of recordings)
    writeFileSync(join(IMAGES, recording.file), await makeRecording(recording));
}

/** Runs the command of a recording, and returns the picture of its terminal. */
async function makeRecording(recording: Recording): Promise<string> {
  const { output, exitCode } = await runInTerminal(recording.commandLine);
  const lines = transcript(recording, await screenLines(output, COLUMNS), exitCode);
  return recordingSvg({ ...recording, columns: COLUMNS, lines });
}

/** What a command wrote to its terminal, and how it ended. */
interface Recorded {
  readonly output: string;
  readonly exitCode: number;
}

/**
 * Runs a command line in a pseudo terminal. `script` of util-linux provides it: most Linux systems have it,
 * and Node.js cannot create one.
 */
async function runInTerminal(commandLine: string): Promise<Recorded> {
  const inTerminal = `stty cols ${COLUMNS} rows ${ROWS} && ${commandLine}`;
  const env = { ...process.env, TERM: "xterm-256color", TZ: "UTC" };
  Reflect.deleteProperty(env, "NO_COLOR");
  const script = spawn("script", ["--quiet", "--return", "--command", inTerminal, "/dev/null"], {
    cwd: ROOT,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(script, "close") as Promise<[number | null]>;
  const [output, [exitCode]] = await Promise.all([text(script.stdout), ended]);
  return { output, exitCode: exitCode ?? 1 };
}

void makeRecordings();
