import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Where installations for tests stay from run to run. */
const CACHE = join(__dirname, "../../../node_modules/.cache/streamlake-tests");
const PYTHON = join(CACHE, "python");

const mayInstall = process.env["STREAMLAKE_INSTALL_TESTS"] === "all";

/** Why tests of Python programs are skipped; undefined if they run. */
export function pythonIsMissing(): string | undefined {
  if (!succeeds("python3", ["--version"])) return "python3 is not installed";
  if (mayInstall || virtualEnvironment() !== undefined) return undefined;
  return "the Python package pulumi is not installed; STREAMLAKE_INSTALL_TESTS=all installs it";
}

/** The environment for processes whose Python programs use the SDK. Installs it once. */
export function pythonEnvironment(): Record<string, string> {
  if (virtualEnvironment() === undefined) {
    succeed("python3", ["-m", "venv", PYTHON]);
    succeed(join(PYTHON, "bin/pip"), ["install", "--quiet", "pulumi>=3.157.0,<4.0.0"]);
  }
  const environment = virtualEnvironment();
  return environment ? { VIRTUAL_ENV: environment } : {};
}

/** The virtual environment with the SDK; empty if the Python on PATH has it. */
function virtualEnvironment(): string | undefined {
  if (existsSync(join(PYTHON, "bin/python")) && hasSdk(join(PYTHON, "bin/python"))) return PYTHON;
  return hasSdk("python3") ? "" : undefined;
}

function hasSdk(python: string): boolean {
  return succeeds(python, ["-c", "import pulumi"]);
}

/** Why tests of Go programs that use the SDK are skipped; undefined if they run. */
export function goSdkIsMissing(): string | undefined {
  if (!hasGo()) return "go is not installed";
  return mayInstall
    ? undefined
    : "the SDK takes minutes to compile; set STREAMLAKE_INSTALL_TESTS=all";
}

/** Why tests of Java programs that use the SDK are skipped; undefined if they run. */
export function javaSdkIsMissing(): string | undefined {
  if (!succeeds("mvn", ["--version"])) return "mvn is not installed";
  return mayInstall
    ? undefined
    : "Maven downloads the SDK and its plugins; set STREAMLAKE_INSTALL_TESTS=all";
}

export function hasGo(): boolean {
  return succeeds("go", ["version"]);
}

function succeeds(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

function succeed(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? stderr}`);
}
