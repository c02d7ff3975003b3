import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Where moto stays from run to run if tests have installed it. */
const environment = join(__dirname, "../../../node_modules/.cache/streamlake-tests/moto");
const installed = join(environment, "bin/python");

const mayInstall = process.env["STREAMLAKE_INSTALL_TESTS"] === "all";

/**
 * Of moto, and what its server needs for Kinesis, Firehose and S3. `moto[server]` would install three times as
 * much for other services.
 */
const packages = ["moto==5.2.5", "flask==3.1.3", "flask-cors==6.0.5", "pyyaml==6.0.4"];

/** Why tests against moto are skipped; undefined if they run. */
export function motoIsMissing(): string | undefined {
  if (python() !== undefined) return undefined;
  if (!mayInstall)
    return "the Python package moto is not installed; STREAMLAKE_INSTALL_TESTS=all installs it";
  const venv = spawnSync("python3", ["-m", "venv", "--help"], { stdio: "ignore" });
  return venv.status === 0 ? undefined : "python3 is not installed";
}

/** The Python with moto's server: that of an earlier run, or that of the machine. */
function python(): string | undefined {
  return [installed, "python3"].find(
    (command) =>
      (command !== installed || existsSync(command)) &&
      spawnSync(command, ["-c", "import moto.server, flask_cors, yaml"], { stdio: "ignore" })
        .status === 0,
  );
}

export interface Moto {
  /** Of all services. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Starts moto's server on a free port, and installs it if it may. */
export async function startMoto(): Promise<Moto> {
  if (python() === undefined) {
    succeed("python3", ["-m", "venv", environment]);
    succeed(join(environment, "bin/pip"), ["install", "--quiet", ...packages]);
  }
  const server = spawn(python() ?? installed, ["-m", "moto.server", "-H", "127.0.0.1", "-p", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
    // With pages of two keys, a few objects make a list of several pages.
    env: { ...process.env, MOTO_S3_DEFAULT_MAX_KEYS: "2" },
  });
  const endpoint = await announced(server);
  // What nobody reads would fill the pipe.
  server.stderr.resume();
  return {
    endpoint,
    async stop() {
      server.kill();
      if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
    },
  };
}

async function announced(
  server: ChildProcess & { stderr: NodeJS.ReadableStream },
): Promise<string> {
  const printed: string[] = [];
  for await (const line of createInterface(server.stderr)) {
    const [, endpoint] = /Running on (http:\/\/127\.0\.0\.1:\d+)/u.exec(line) ?? [];
    if (endpoint !== undefined) return endpoint;
    printed.push(line);
  }
  throw new Error(`moto has not started:\n${printed.join("\n")}`);
}

function succeed(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? stderr}`);
}
