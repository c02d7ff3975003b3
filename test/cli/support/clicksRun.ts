import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { streamlakeHere } from "./streamlakeHere";
import { startStreamlake, type StreamlakeProcess } from "./streamlakeProcess";

/** A project in its own directory, whose program is `test/cli/fixtures/clicks`. */
export class ClicksProject {
  readonly directory = mkdtempSync(join(tmpdir(), "streamlake-clicks-"));

  constructor() {
    cpSync("test/cli/fixtures/clicks", this.directory, { recursive: true });
    symlinkSync(resolve("node_modules"), join(this.directory, "node_modules"));
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Starts `streamlake local --stack dev` in it. */
  run(
    args: readonly string[],
    input?: string | Readable,
    env?: Readonly<Record<string, string>>,
  ): StreamlakeProcess {
    return startStreamlake(this.#words(args), input, env);
  }

  /** Runs the same in this process, until it ends by itself. */
  runHere(args: readonly string[]): ReturnType<typeof streamlakeHere> {
    return streamlakeHere(this.#words(args));
  }

  #words(args: readonly string[]): readonly string[] {
    const options = args.includes("--stack") ? [] : ["--stack", "dev"];
    return ["local", "-C", this.directory, ...options, ...args];
  }
}

/** The last value of a fact in a report, e.g. of `Missing`. */
export function factOf(report: string, name: string): string {
  const values = [...report.matchAll(new RegExp(`^${name} +(.+)$`, "gmu"))];
  return values.at(-1)?.[1] ?? `the report has no ${name}:\n${report}`;
}

/** The directory of a run, from its report or from what `--keep` prints. */
export function directoryOf(run: StreamlakeProcess): string {
  const report = run.stdout() + run.stderr();
  const [, kept] = /The buckets are in\n {2}(.+)$/mu.exec(report) ?? [];
  return resolve(kept ?? factOf(report, "Directory"));
}

/** All lines of the objects in a bucket of a run. */
export function deliveredLines(run: string, bucket = "clicks-lake"): string[] {
  const directory = join(run, bucket);
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".gz"))
    .flatMap((file) =>
      gunzipSync(readFileSync(join(directory, file)))
        .toString()
        .split("\n"),
    )
    .filter((line) => line !== "")
    .sort();
}

/** A client of the Kinesis endpoint that a run has printed. */
export function kinesisOf(run: StreamlakeProcess): KinesisClient {
  const [, endpoint] = /AWS_ENDPOINT_URL_KINESIS=(\S+)/u.exec(run.stdout() + run.stderr()) ?? [];
  return new KinesisClient({
    region: "eu-central-1",
    ...(endpoint !== undefined && { endpoint }),
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 1,
  });
}

/** Puts lines on the stream, and fails if one is not accepted. */
export async function put(client: KinesisClient, lines: readonly string[]): Promise<void> {
  const Records = lines.map((line) => ({ Data: Buffer.from(line), PartitionKey: line }));
  const answer = await client.send(new PutRecordsCommand({ StreamName: "clicks", Records }));
  if (answer.FailedRecordCount !== 0) throw new Error("A record was not accepted.");
}

/** Puts records until a put fails. */
export async function putUntilRejected(
  client: KinesisClient,
): Promise<{ readonly accepted: readonly string[]; readonly error: unknown }> {
  const accepted: string[] = [];
  for (let next = 0; ; next += 50) {
    const lines = Array.from({ length: 50 }, (_, index) => `{"id":${next + index}}`);
    try {
      await put(client, lines);
      accepted.push(...lines);
    } catch (error) {
      return { accepted: accepted.sort(), error };
    }
  }
}
