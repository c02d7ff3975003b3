import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { sourcePath } from "../sourcePath";

/** A Kinesis endpoint in a child process. */
export interface KinesisLocal {
  /** E.g. `http://127.0.0.1:41234`. */
  readonly endpoint: string;
  readonly pid: number;
  /** Ends the child, and with it every stream and record. */
  stop(): Promise<void>;
}

/**
 * Starts kinesis-local on free loopback ports. It keeps its streams in memory and ends with this
 * process, even if this process is killed.
 *
 * @param onUnexpectedEnd called with the reason if it ends before `stop`
 * @param main the script to run, from the package kinesis-local
 * @throws with the end of its output if it does not start
 */
export async function startKinesisLocal(
  onUnexpectedEnd: (reason: string) => void,
  main = require.resolve("kinesis-local"),
): Promise<KinesisLocal> {
  const child = spawn(
    process.execPath,
    ["--require", sourcePath("aws/kinesis/kinesisPreload.cjs"), main],
    {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      // In a separate process group: Ctrl-C must only reach this process, which then delivers what is
      // buffered.
      detached: true,
      env: {
        KINESIS_MOCK_CERT_PATH: join(dirname(main), "server.json"),
        KINESIS_MOCK_PLAIN_PORT: String(plainPort),
        LOG_LEVEL: "ERROR",
        CREATE_STREAM_DURATION: "1ms",
        // The account in its ARNs, the same as in the ARNs of a program's resources.
        AWS_ACCOUNT_ID: "123456789012",
        // The defaults are the limits of a new AWS account, which are not useful here.
        SHARD_LIMIT: "10000",
        ON_DEMAND_STREAM_COUNT_LIMIT: "1000",
      },
    },
  );
  const ended = once(child, "exit").then(([code, signal]) =>
    signal === null ? `exit code ${String(code)}` : String(signal),
  );
  const lastOutput = keepLastOutput(child);

  const port = await Promise.race([assignedPort(child), ended, unheld(startMilliseconds)]);
  if (typeof port !== "number" || child.pid === undefined) {
    child.kill("SIGKILL");
    throw new Error(
      `kinesis-local, the local Kinesis, did not start (${port ?? `not ready after ${startMilliseconds} ms`}).\n` +
        (lastOutput() ||
          "It printed nothing. Its package may be incomplete; reinstall it with: npm ci"),
    );
  }

  let stopping = false;
  void ended.then((reason) => {
    if (!stopping)
      onUnexpectedEnd(`kinesis-local, the local Kinesis, ended unexpectedly (${reason}).`);
  });
  return {
    endpoint: `http://127.0.0.1:${port}`,
    pid: child.pid,
    async stop() {
      stopping = true;
      if (child.connected) child.disconnect();
      await Promise.race([ended, unheld(stopMilliseconds)]);
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Requested, which distinguishes it from the TLS port; the preload assigns a free one instead. */
const plainPort = 4568;
const startMilliseconds = 30_000;
const stopMilliseconds = 2_000;

async function assignedPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.on("message", (message: { asked: number; given: number }) => {
      if (message.asked === plainPort) resolve(message.given);
    });
  });
}

/** A pause that does not keep this process alive. */
async function unheld(milliseconds: number): Promise<undefined> {
  return setTimeout(milliseconds, undefined, { ref: false });
}

/** Reads all output of a child, so that it never blocks, and keeps the end of it. */
function keepLastOutput(child: ChildProcess): () => string {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      output = (output + chunk).slice(-2000);
    });
  }
  return () => output.trim();
}
