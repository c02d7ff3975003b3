import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { skip } from "../../support/skip";

export const ROOT = resolve(__dirname, "../../..");

/** In a `before` hook: skips the suite on machines without the Pulumi CLI. */
export function needPulumi(context: Mocha.Context): void {
  if (spawnSync("pulumi", ["version"]).error !== undefined) skip(context, "no pulumi CLI");
}

/** What a command printed, and how it ended. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A project in a temporary directory, with the packages of this repository, and a home and a backend for
 * Pulumi that only it uses.
 */
export class PulumiProject {
  /** The directory of `Pulumi.yaml`. */
  readonly directory: string;
  readonly #root: string;
  readonly #environment: NodeJS.ProcessEnv;

  /**
   * @param files path -> content
   * @param providerPort of a provider for the package `aws`, which Pulumi uses instead of the plugin
   */
  constructor(files: Readonly<Record<string, string>>, providerPort?: number) {
    this.#root = mkdtempSync(join(tmpdir(), "streamlake-pulumi-"));
    this.directory = join(this.#root, "project");
    mkdirSync(join(this.#root, "backend"));
    mkdirSync(this.directory);
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    symlinkSync(join(ROOT, "node_modules"), join(this.directory, "node_modules"));
    this.#environment = {
      ...process.env,
      PULUMI_HOME: join(this.#root, "home"),
      PULUMI_BACKEND_URL: `file://${join(this.#root, "backend")}`,
      PULUMI_CONFIG_PASSPHRASE: "only for tests",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      // For the option --event-log.
      PULUMI_DEBUG_COMMANDS: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      ...(providerPort !== undefined && { PULUMI_DEBUG_PROVIDERS: `aws:${providerPort}` }),
    };
  }

  /** The program of this repository, with its stacks. */
  static ofRepository(providerPort: number): PulumiProject {
    const stacks = ["dev", "staging", "prod", "existing"].map((stack) => `Pulumi.${stack}.yaml`);
    const files = ["Pulumi.yaml", ...stacks, "index.ts", "package.json", "tsconfig.json"];
    return PulumiProject.copied(ROOT, [...files, "components"], providerPort);
  }

  /**
   * A copy of a project.
   *
   * @param paths of files and directories in it
   */
  static copied(from: string, paths: readonly string[], providerPort: number): PulumiProject {
    const project = new PulumiProject({}, providerPort);
    for (const path of paths)
      cpSync(join(from, path), join(project.directory, path), { recursive: true });
    return project;
  }

  write(path: string, content: string): void {
    const file = join(this.directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** Runs the Pulumi CLI. */
  pulumi(...words: readonly string[]): Promise<Ended> {
    return this.#run("pulumi", [...words, "--non-interactive"]);
  }

  /**
   * Runs the Pulumi CLI.
   *
   * @returns what it printed on standard output
   * @throws Error with all that it printed, if it fails
   */
  async succeed(...words: readonly string[]): Promise<string> {
    return succeeded(`pulumi ${words.join(" ")}`, await this.pulumi(...words));
  }

  /** Runs commands as a user who pastes them into a shell, which ends at the first that fails. */
  async paste(commands: readonly string[]): Promise<void> {
    const script = commands.join("\n");
    succeeded(script, await this.#run("/bin/sh", ["-ec", script]));
  }

  /** Calls what runs the Pulumi CLI in the directory and environment of this process. */
  async inside<Result>(run: () => Promise<Result>): Promise<Result> {
    const [directory, environment] = [process.cwd(), process.env];
    process.chdir(this.directory);
    process.env = { ...this.#environment };
    try {
      return await run();
    } finally {
      process.chdir(directory);
      process.env = environment;
    }
  }

  delete(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }

  // Not synchronously: the provider answers in this process.
  async #run(command: string, words: readonly string[]): Promise<Ended> {
    const child = spawn(command, words, {
      cwd: this.directory,
      env: this.#environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once("error", reject).once("close", resolve);
    });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { exitCode: await ended, stdout, stderr };
  }
}

function succeeded(command: string, { exitCode, stdout, stderr }: Ended): string {
  if (exitCode === 0) return stdout;
  throw new Error(`${command}\nexited with code ${String(exitCode)}:\n${stdout}\n${stderr}`);
}
