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
 * process, however that ends.
 *
 * @param onUnexpectedEnd called with the reason if it ends without being told to
 * @param main the script to run, of the package kinesis-local
 * @throws with its own last words if it does not come up
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
      // Its own group: Ctrl-C is for this process, which delivers what is buffered before it ends.
      detached: true,
      env: {
        KINESIS_MOCK_CERT_PATH: join(dirname(main), "server.json"),
        KINESIS_MOCK_PLAIN_PORT: String(plainPort),
        LOG_LEVEL: "ERROR",
        CREATE_STREAM_DURATION: "1ms",
        // In its ARNs, as in those that a program is told: a stream is found by either.
        AWS_ACCOUNT_ID: "123456789012",
        // Its own limits are those of a new AWS account; here they would only be in the way.
        SHARD_LIMIT: "10000",
        ON_DEMAND_STREAM_COUNT_LIMIT: "1000",
      },
    },
  );
  const ended = once(child, "exit").then(([code, signal]) =>
    signal === null ? `exit code ${String(code)}` : String(signal),
  );
  const lastWords = keepLastWords(child);

  const port = await Promise.race([givenPort(child), ended, unheld(startMilliseconds)]);
  if (typeof port !== "number" || child.pid === undefined) {
    child.kill("SIGKILL");
    throw new Error(
      `kinesis-local, the local Kinesis, did not start (${port ?? `not ready after ${startMilliseconds} ms`}).\n` +
        (lastWords() || "It printed nothing. Is its package complete? Try: npm ci"),
    );
  }

  let stopping = false;
  void ended.then((reason) => {
    if (!stopping)
      onUnexpectedEnd(`kinesis-local, the local Kinesis, ended by itself (${reason}).`);
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

/** Asked for, and told apart from its TLS port by it; the preload gives a free one in its place. */
const plainPort = 4568;
const startMilliseconds = 30_000;
const stopMilliseconds = 2_000;

async function givenPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.on("message", (message: { asked: number; given: number }) => {
      if (message.asked === plainPort) resolve(message.given);
    });
  });
}

/** Does not keep this process alive by itself. */
async function unheld(milliseconds: number): Promise<undefined> {
  return setTimeout(milliseconds, undefined, { ref: false });
}

/** Reads all that a child prints, so that it never waits for a reader, and keeps the end of it. */
function keepLastWords(child: ChildProcess): () => string {
  let words = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      words = (words + text).slice(-2000);
    });
  }
  return () => words.trim();
}
