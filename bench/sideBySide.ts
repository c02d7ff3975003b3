import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
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
  /** Seconds of CPU, user and system, of the command and all its children. */
  readonly cpu: number;
  /** Peak resident memory of the largest process of the command, in MiB. */
  readonly peakMiB: number;
}

const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 7);

/** `bash` also counts children that were killed, which Node.js does not. */
const TIMED = 'TIMEFORMAT="cpu %U %S"; time "$0" "$@"';

/**
 * Runs two commands alternately, so that changes in the machine's speed affect both, and prints
 * the median and the spread of each, and the ratio of the medians. Wall-clock times mean little if the
 * load is above 1. Both run once before, so that caches are warm; prints that run too.
 */
export function sideBySide(one: Contender, other: Contender): void {
  const [load = 0] = loadavg();
  console.log(
    `Node.js ${process.version}, ${availableParallelism()} cores, load ${load.toFixed(1)}`,
  );
  const contenders = [{ name: "node -e 0", arguments: ["-e", "0"] }, one, other];
  for (const contender of contenders)
    console.log(`${contender.name}, first run: ${figures([run(contender)])}`);
  const runs = new Map(contenders.map((contender) => [contender, [] as Run[]]));
  for (let round = 0; round < ROUNDS; round++)
    for (const contender of contenders) runs.get(contender)?.push(run(contender));

  for (const [{ name }, all] of runs) console.log(`${name}: ${figures(all)}`);
  const ratio = (of: (run: Run) => number): string => {
    const [ours = 0, theirs = 1] = [one, other].map((each) =>
      median((runs.get(each) ?? []).map(of)),
    );
    return (ours / theirs).toFixed(2);
  };
  console.log(
    `ratio: ${ratio((each) => each.seconds)} time, ${ratio((each) => each.cpu)} CPU ` +
      `(medians of ${ROUNDS} alternating rounds)`,
  );
}

function figures(runs: readonly Run[]): string {
  const spread = (of: (run: Run) => number): string => {
    const values = runs.map(of);
    const [low, high] = [Math.min(...values).toFixed(2), Math.max(...values).toFixed(2)];
    return `${median(values).toFixed(2)} s${low === high ? "" : ` (${low}-${high})`}`;
  };
  const peak = median(runs.map((each) => each.peakMiB));
  return `${spread((each) => each.seconds)}, CPU ${spread((each) => each.cpu)}, peak memory ${peak.toFixed(0)} MiB`;
}

function run({ name, arguments: args, cwd = process.cwd() }: Contender): Run {
  const directory = mkdtempSync(path.join(tmpdir(), "streamlake-bench-"));
  const preload = path.join(__dirname, "writePeakMemory.cjs");
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync("bash", ["-c", TIMED, process.execPath, ...args], {
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
  const [, user, system] = /cpu (\S+) (\S+)\s*$/.exec(stderr) ?? [];
  return { seconds, cpu: Number(user) + Number(system), peakMiB: Math.max(...peaks) / 1024 };
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
