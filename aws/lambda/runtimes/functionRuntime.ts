import { execFileSync } from "node:child_process";
import { delimiter, dirname } from "node:path";
import type { LambdaFunction } from "../lambdaFunction";
import { NODEJS_BOOTSTRAP } from "./nodejsBootstrap";
import { PYTHON_BOOTSTRAP } from "./pythonBootstrap";

/** How a function of a runtime is started. */
export interface FunctionRuntime {
  readonly command: string;
  /** Followed by the file of the bootstrap. */
  readonly options: readonly string[];
  /** Of the file that runs the function. */
  readonly bootstrap: { readonly name: string; readonly content: string };
  /** Variables that the runtime itself needs. */
  readonly environment: Readonly<Record<string, string>>;
  /** How it differs from the declared one; absent if it does not. */
  readonly difference?: string;
}

/**
 * The runtime of a function on this machine.
 *
 * @throws Error that follows the name of the function
 */
export function runtimeOf({ runtime, memoryMiB }: LambdaFunction): FunctionRuntime {
  const version = /^nodejs(\d+)\.x$/u.exec(runtime)?.[1];
  if (version !== undefined) return nodejs(runtime, memoryMiB);
  if (/^python3\.\d+$/u.test(runtime)) return python(runtime);
  throw new Error(
    `has the runtime ${runtime}; the local run has those for Node.js (nodejs22.x ...) and Python ` +
      "(python3.13 ...)",
  );
}

function nodejs(runtime: string, memoryMiB: number): FunctionRuntime {
  const { node } = process.versions;
  const isSame = runtime === `nodejs${node.split(".")[0] ?? ""}.x`;
  return {
    command: process.execPath,
    // Beyond its memory, a function ends, as in Lambda.
    options: [`--max-old-space-size=${memoryMiB}`],
    bootstrap: { name: "bootstrap.cjs", content: NODEJS_BOOTSTRAP },
    environment: {},
    ...(!isSame && { difference: `runs with Node.js ${node} instead of ${runtime}` }),
  };
}

function python(runtime: string): FunctionRuntime {
  const { executable, version } = interpreter(runtime);
  return {
    command: executable,
    options: ["-u"],
    bootstrap: { name: "bootstrap.py", content: PYTHON_BOOTSTRAP },
    environment: { PYTHONDONTWRITEBYTECODE: "1", PYTHONIOENCODING: "utf-8" },
    ...(runtime !== `python${version}` && {
      difference: `runs with Python ${version} instead of ${runtime}`,
    }),
  };
}

/**
 * The interpreter itself, because a stand-in on PATH that selects one, e.g. of pyenv, needs variables
 * of the user. The one with the declared version comes first.
 */
function interpreter(runtime: string): { readonly executable: string; readonly version: string } {
  const print = "import sys; print(sys.executable); print('%d.%d' % sys.version_info[:2])";
  for (const name of [runtime, "python3", "python"]) {
    try {
      const printed = execFileSync(name, ["-c", print], { encoding: "utf8", stdio: "pipe" });
      const [executable = "", version = ""] = printed.trim().split(/\r?\n/u);
      if (version.startsWith("3.")) return { executable, version };
    } catch {
      // It is not on PATH, or is a stand-in for an interpreter that is not installed.
    }
  }
  throw new Error(`has the runtime ${runtime}, and python3 is not on PATH. Install Python 3`);
}

/** The directories of programs that a function can start: those of its runtime and of the system. */
export function searchPath({ command }: FunctionRuntime): string {
  const system = process.platform === "win32" ? [] : ["/usr/local/bin", "/usr/bin", "/bin"];
  return [dirname(command), ...system].join(delimiter);
}
