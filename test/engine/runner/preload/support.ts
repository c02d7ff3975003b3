import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { streamlakeHere } from "../../../cli/support/streamlakeHere";

const ROOT = join(__dirname, "../../../..");

/** Appends what each process has loaded of the compiler to the file in COMPILER_LOG. */
const SPY = `
process.on("exit", () => {
  const loaded = Object.keys(require.cache).some((file) => /node_modules.typescript.lib/.test(file));
  const runner = /cmd.run.index.js$/.test(process.argv[1]);
  if (runner) require("node:fs").appendFileSync(process.env.COMPILER_LOG, loaded ? "loaded" : "none");
});`;

/** A project in a temporary directory, with the packages of this repository and a cache. */
export class TemporaryProject {
  readonly directory = mkdtempSync(join(tmpdir(), "streamlake-program-"));
  readonly cache = join(this.directory, "cache");

  constructor(files: Readonly<Record<string, string>>) {
    symlinkSync(join(ROOT, "node_modules"), join(this.directory, "node_modules"));
    this.write({ "Pulumi.yaml": "name: lake\nruntime: nodejs\n", "Pulumi.dev.yaml": "", ...files });
    this.write({ "spy.cjs": SPY });
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, content] of Object.entries(files))
      writeFileSync(join(this.directory, name), content);
  }

  /** Plans in a process of its own, which has a cache itself. */
  plan(...options: readonly string[]): SpawnSyncReturns<string> {
    const command = join(ROOT, "cli/dist/cli/main.js");
    return spawnSync(process.execPath, [command, "--verbose", ...this.#words(options)], {
      encoding: "utf8",
      env: { ...process.env, ...this.#environment() },
    });
  }

  /** Plans in this process, which starts only the one of the program. */
  planHere(...options: readonly string[]): ReturnType<typeof streamlakeHere> {
    return streamlakeHere(this.#words(options), "", this.#environment());
  }

  #words(options: readonly string[]): readonly string[] {
    this.write({ "compiler.log": "" });
    const where = ["-C", this.directory, "--stack", "dev"];
    return ["plan", ...where, "--json", "--no-policy", ...options];
  }

  #environment(): NodeJS.ProcessEnv {
    return {
      XDG_CACHE_HOME: this.cache,
      NODE_OPTIONS: `--require ${join(this.directory, "spy.cjs")}`,
      COMPILER_LOG: join(this.directory, "compiler.log"),
    };
  }

  /** Whether the last run has loaded the TypeScript compiler. */
  get loadedCompiler(): boolean {
    return readFileSync(join(this.directory, "compiler.log"), "utf8") === "loaded";
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}

export const TRANSPILE_ONLY = JSON.stringify({
  compilerOptions: { strict: true, target: "es2022" },
  "ts-node": { transpileOnly: true },
});
