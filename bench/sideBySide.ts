import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A command that runs as a separate process. */
export interface Contender {
  readonly name: string;
  /** Arguments of `node`. */
  readonly arguments: readonly string[];
  readonly cwd?: string;
}

interface Run {
  readonly seconds: number;
  /** Peak resident memory of the largest process of the command, in MiB. */
  readonly peakMiB: number;
}

const ROUNDS = 7;

/**
 * Runs two commands alternately, so that changes in the machine's speed affect both, and prints
 * the median of each and the ratio of the medians.
 */
export function sideBySide(one: Contender, other: Contender): void {
  const contenders = [one, other];
  for (const contender of contenders) run(contender);
  const runs = new Map(contenders.map((contender) => [contender, [] as Run[]]));
  for (let round = 0; round < ROUNDS; round++)
    for (const contender of contenders) runs.get(contender)?.push(run(contender));

  const medians = contenders.map((contender) => {
    const all = runs.get(contender) ?? [];
    const seconds = median(all.map((each) => each.seconds));
    const peak = median(all.map((each) => each.peakMiB));
    console.log(`${contender.name}: ${seconds.toFixed(2)} s, peak memory ${peak.toFixed(0)} MiB`);
    return seconds;
  });
  const [ours = 0, theirs = 1] = medians;
  console.log(`ratio: ${(ours / theirs).toFixed(2)} (medians of ${ROUNDS} alternating rounds)`);
}

function run({ name, arguments: args, cwd = process.cwd() }: Contender): Run {
  const directory = mkdtempSync(path.join(tmpdir(), "streamlake-bench-"));
  const preload = path.join(__dirname, "writePeakMemory.cjs");
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: `--require ${preload}`, PEAK_MEMORY_DIR: directory },
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const peaks = readdirSync(directory).map((file) =>
    Number(readFileSync(path.join(directory, file), "utf8")),
  );
  rmSync(directory, { recursive: true });
  if (status !== 0) throw new Error(`${name} exited with ${String(status)}:\n${stderr}`);
  return { seconds, peakMiB: Math.max(...peaks) / 1024 };
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
