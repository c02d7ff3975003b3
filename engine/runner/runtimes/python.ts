import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join, relative, resolve } from "node:path";
import type { Project } from "../../stack/projectFile";
import { startWatchful } from "../childProcess";
import { executableOnPath } from "./executableOnPath";
import { programEnvironment, type ProgramRunner } from "./programRunner";
import { BOOTSTRAP, NO_SDK } from "./pythonBootstrap";

/** Python, with the interpreter of the project's virtual environment. */
export const python: ProgramRunner = {
  start(settings, engine, signal) {
    const { project } = settings;
    const interpreter = interpreterOf(project);
    return startWatchful({
      command: interpreter,
      arguments: ["-u", "-c", BOOTSTRAP, project.entryPoint, project.directory],
      cwd: project.programDirectory,
      env: {
        ...programEnvironment(settings, engine),
        // For processes that the program starts.
        ...(dirname(interpreter) !== "." && {
          PATH: [dirname(interpreter), process.env["PATH"] ?? ""].join(delimiter),
        }),
        // A plan leaves nothing in the project.
        PYTHONDONTWRITEBYTECODE: "1",
        PYTHONIOENCODING: "utf-8",
      },
      signal,
    });
  },
  readableReason(logged, callError) {
    if (callError !== undefined) return callError;
    const [first = ""] = logged.split(/\n+Traceback \(most recent call last\):\n/u);
    const reason = first.replaceAll("\t", "  ");
    const missing = /^ModuleNotFoundError: No module named '([\w.]+)'/u.exec(reason)?.[1];
    return missing === undefined
      ? reason.trim()
      : `${reason.trim()}\nInstall the program's packages: ${INSTALL}`;
  },
  printedReason({ exitCode }) {
    return exitCode === NO_SDK
      ? `The Python package pulumi is not installed for this project. Install the program's packages: ${INSTALL}`
      : undefined;
  },
  isConcurrent: true,
};

const INSTALL =
  "pulumi install (or, without the Pulumi CLI, pip install -r requirements.txt in its virtual environment)";

/**
 * The interpreter that Pulumi would start. Without the option `virtualenv`, that is the one on PATH; a
 * virtual environment in the project comes first, because its packages are the program's.
 *
 * @throws Error if there is none, with the command that creates it
 */
export function interpreterOf({ directory, runtime: { options } }: PythonProject): string {
  const { toolchain = "pip", virtualenv } = options;
  if (toolchain === "poetry") return poetryInterpreter(directory);
  if (toolchain !== "pip" && toolchain !== "uv")
    throw new Error(
      `Pulumi.yaml sets toolchain ${JSON.stringify(toolchain)}; it must be pip, poetry or uv.`,
    );
  const named = virtualenv ?? (toolchain === "uv" ? ".venv" : undefined);
  if (named !== undefined) {
    const found = executableIn(resolve(directory, named));
    if (found !== undefined) return found;
    const create =
      toolchain === "uv"
        ? "uv sync"
        : `python3 -m venv ${named} && ${join(named, BIN, "pip")} install -r requirements.txt`;
    throw new Error(
      `The virtual environment ${named} of the project does not exist in ${relative("", directory) || "this directory"}. Create it there: pulumi install (or, without the Pulumi CLI, ${create})`,
    );
  }
  const active = process.env["VIRTUAL_ENV"];
  const environments = [
    ...(active ? [active] : []),
    join(directory, ".venv"),
    join(directory, "venv"),
  ];
  const [found] = environments.flatMap((environment) => executableIn(environment) ?? []);
  return found ?? interpreterOnPath();
}

type PythonProject = Pick<Project, "directory" | "runtime">;

const [BIN, EXECUTABLES] =
  process.platform === "win32" ? ["Scripts", ["python.exe"]] : ["bin", ["python", "python3"]];

function executableIn(environment: string): string | undefined {
  return EXECUTABLES.map((name) => join(environment, BIN, name)).find((path) => existsSync(path));
}

function interpreterOnPath(): string {
  const found = executableOnPath("python3", "python");
  if (found === undefined)
    throw new Error(
      "The program needs Python, and python3 is not on PATH. Install Python 3, or set the project's virtual environment as runtime.options.virtualenv in Pulumi.yaml.",
    );
  return found;
}

function poetryInterpreter(directory: string): string {
  const { stdout, error } = spawnSync("poetry", ["env", "info", "--executable"], {
    cwd: directory,
    encoding: "utf8",
  });
  if (error !== undefined)
    throw new Error(
      "Pulumi.yaml sets toolchain poetry, and poetry is not on PATH. Install it: pipx install poetry",
    );
  const interpreter = stdout.trim();
  if (interpreter !== "" && existsSync(interpreter)) return interpreter;
  throw new Error(
    `Poetry has no virtual environment for ${relative("", directory) || "this directory"}. Create it there: poetry install`,
  );
}
