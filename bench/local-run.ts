/**
 * `local --input` of 2,400, 10,000, 100,000 and 1,000,000 records of 1 KiB: time, growth and peak memory of
 * the whole command, compared with `gzip -6` of the same file and with a process that loads the SDK
 * clients. Targets: 100,000 records take at most 11 times as long as 10,000; 1,000,000 take at most 4
 * times as long as gzip, with at most 400 MiB.
 *
 *   npm run build && node -r ts-node/register/transpile-only bench/local-run.ts [records ...]
 */
import { spawn } from "node:child_process";
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { event } from "./event";
import { median } from "./sideBySide";

const allSizes = [2_400, 10_000, 100_000, 1_000_000] as const;
const recordBytes = 1024;
/** Memory is measured so often, in milliseconds. */
const samplePeriod = 250;

interface Figures {
  readonly seconds: number;
  /** Largest sum of the memory of all processes at one time, without shared pages twice. */
  readonly peakMiB: number;
}

function writeInput(file: string, count: number): void {
  const output = openSync(file, "w");
  for (let number = 0; number < count; number += 1000) {
    const size = Math.min(1000, count - number);
    const lines = Array.from(
      { length: size },
      (_, index) => `${event(number + index, recordBytes - 1)}\n`,
    );
    writeSync(output, lines.join(""));
  }
  closeSync(output);
}

/** Runs a command to its end. */
async function run(name: string, command: string, args: readonly string[]): Promise<Figures> {
  const start = process.hrtime.bigint();
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  let peakKiB = 0;
  const sampling = setInterval(() => {
    peakKiB = Math.max(peakKiB, memoryOf(child.pid ?? 0));
  }, samplePeriod);
  const code = await new Promise((resolve) => child.once("close", resolve));
  clearInterval(sampling);
  if (code !== 0) throw new Error(`${name} exited with ${String(code)}:\n${errors}`);
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, peakMiB: peakKiB / 1024 };
}

/** Proportional memory of a process and all its descendants in KiB; 0 where there is no /proc. */
function memoryOf(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    const own = Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
    return children
      .split(" ")
      .filter((child) => child !== "")
      .reduce((sum, child) => sum + memoryOf(Number(child)), own);
  } catch {
    return 0; // It has ended.
  }
}

/** The SDK clients of the local run, in their own process. */
const loadClients = [
  "-e",
  'require("@aws-sdk/client-kinesis"); require("@aws-sdk/client-s3"); require("@grpc/grpc-js");',
];

interface Medians extends Figures {
  readonly records: number;
  readonly gzip: number;
  readonly load: number;
}

async function measure(records: number, directory: string): Promise<Medians> {
  const input = path.join(directory, "input.jsonl");
  writeInput(input, records);
  const rounds = records <= 10_000 ? 5 : records <= 100_000 ? 3 : 1;
  const [local, gzip, load]: Figures[][] = [[], [], []];
  for (let round = 0; round < rounds; round += 1) {
    load?.push(await run("loading the clients", process.execPath, loadClients));
    gzip?.push(await run("gzip", "gzip", ["-6", "--keep", "--force", input]));
    const args = ["local", "--stack", "dev", "--interval", "1", "--input", input, "-C", directory];
    local?.push(await run("streamlake local", process.execPath, ["cli/dist/cli/main.js", ...args]));
    rmSync(path.join(directory, ".streamlake"), { recursive: true });
  }
  const medianOf = (figures: readonly Figures[] = []) =>
    median(figures.map(({ seconds }) => seconds));
  return {
    records,
    seconds: medianOf(local),
    peakMiB: Math.max(...(local ?? []).map(({ peakMiB }) => peakMiB)),
    gzip: medianOf(gzip),
    load: medianOf(load),
  };
}

/** The program of this repository, with runs in another directory. */
function makeProject(directory: string): void {
  const main = `main: ${JSON.stringify(process.cwd())}\n`;
  writeFileSync(path.join(directory, "Pulumi.yaml"), main + readFileSync("Pulumi.yaml", "utf8"));
  writeFileSync(path.join(directory, "Pulumi.dev.yaml"), readFileSync("Pulumi.dev.yaml"));
}

async function main(): Promise<void> {
  const sizes = process.argv.slice(2).map(Number);
  if (sizes.some((size) => !Number.isInteger(size) || size < 1))
    throw new Error("Specify numbers of records, e.g. 10000 100000, or none for all sizes.");
  const directory = mkdtempSync(path.join(tmpdir(), "streamlake-bench-"));
  const results: Medians[] = [];
  try {
    makeProject(directory);
    for (const records of sizes.length > 0 ? sizes : allSizes) {
      const result = await measure(records, directory);
      results.push(result);
      const { seconds, peakMiB, gzip, load } = result;
      console.log(`${records} records of ${recordBytes} bytes: ${seconds.toFixed(1)} s`);
      console.log(
        `  ${(seconds / gzip).toFixed(1)} times gzip -6 of the file (${gzip.toFixed(2)} s)`,
      );
      console.log(
        `  ${(seconds / load).toFixed(1)} times loading the clients (${load.toFixed(2)} s)`,
      );
      console.log(`  peak memory of all processes: ${peakMiB.toFixed(0)} MiB`);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
  results.slice(1).forEach((larger, index) => {
    const smaller = results[index];
    if (smaller === undefined) return;
    const [times, growth] = [larger.records / smaller.records, larger.seconds / smaller.seconds];
    console.log(
      `growth from ${smaller.records} to ${larger.records} (${times.toFixed(1)} is linear): ` +
        growth.toFixed(1),
    );
  });
}

void main();
