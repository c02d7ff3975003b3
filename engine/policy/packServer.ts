import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { readBuild, staleSource } from "../runner/build";
import { startNode } from "../runner/childProcess";
import { runnerArguments, runnerEnvironment, type RunnerSettings } from "../runner/runner";
import { readableReason, RunnerFailure } from "../runner/runnerFailure";
import { readYamlMapping } from "../stack/yamlFile";

/** The process that serves a policy pack. */
export interface PackServer {
  /** host:port of its gRPC service. */
  readonly address: string;
  /** Everything that the pack has printed so far. */
  printed(): string;
}

/** How the process of a pack runs. */
export interface ServerOptions {
  /** Ends the process. */
  readonly signal: AbortSignal;
  /** Environment variables, in addition to those of this process. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/**
 * Starts the server of the policy pack in a directory and waits until it listens.
 *
 * @throws Error if the directory is not a policy pack or the pack does not start, with its output
 */
export async function startPackServer(
  directory: string,
  settings: RunnerSettings,
  { signal, environment = {} }: ServerOptions,
): Promise<PackServer> {
  const pack = resolve(directory);
  checkPack(pack);
  const child = startNode({
    // The first argument is the engine's address, which a pack does not use.
    arguments: [...runnerArguments(pack, "run-policy-pack"), "127.0.0.1:0", pack],
    cwd: pack,
    env: { ...environment, ...runnerEnvironment(settings) },
    signal,
  });
  let printed = "";
  const port = await new Promise<string>((listening, failed) => {
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      const lineEnd = stdout.indexOf("\n");
      stdout += text;
      if (lineEnd >= 0) printed += text;
      else if (stdout.includes("\n")) listening(stdout.slice(0, stdout.indexOf("\n")));
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => (printed += text));
    child.once("error", failed);
    child.once("close", () => {
      const output = (stdout + printed).trim();
      const reason =
        readableReason(output) || "it exited without output. Does it create a PolicyPack?";
      failed(new RunnerFailure(`The policy pack ${pack} does not start: ${reason}`, output));
    });
  });
  if (!/^\d+$/.test(port)) {
    throw new Error(
      `The policy pack ${pack} printed "${port}" on the first line of its output, which must ` +
        "contain only its port. Print with console.error instead.",
    );
  }
  return { address: `127.0.0.1:${port}`, printed: () => printed };
}

/** @throws Error if the directory has no pack, a pack for another runtime, or one that is not built */
function checkPack(directory: string): void {
  const path = join(directory, "PulumiPolicy.yaml");
  if (!existsSync(path)) {
    throw new Error(
      `${directory} is not a policy pack: it has no PulumiPolicy.yaml. Specify the pack's directory with --policy-pack DIR.`,
    );
  }
  const { runtime } = readYamlMapping(path) as { runtime?: string | { name?: unknown } };
  const name = typeof runtime === "object" ? runtime.name : runtime;
  if (name !== "nodejs")
    throw new Error(
      `${path} sets runtime ${JSON.stringify(name)}; only "nodejs" packs can run offline.`,
    );
  checkBuild(directory);
}

/** An edited rule must never be ignored, so a compiled pack must be newer than its sources. */
function checkBuild(pack: string): void {
  const build = readBuild(pack);
  if (build === undefined) return;
  const fromHere = (path: string): string => relative(process.cwd(), path) || ".";
  const fix = `Build it: npx tsc -b ${fromHere(pack)}`;
  if (!existsSync(build.main)) {
    throw new Error(
      `The policy pack ${pack} is not built: there is no ${fromHere(build.main)}. ${fix}`,
    );
  }
  const edited = staleSource([pack], build.output);
  if (edited !== undefined)
    throw new Error(`${fromHere(edited)} was edited after its policy pack was built. ${fix}`);
}
