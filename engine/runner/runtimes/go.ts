import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join, relative, resolve } from "node:path";
import { startGuarded } from "../guardedProcess";
import { executableOnPath } from "./executableOnPath";
import { programEnvironment, type ProgramRunner } from "./programRunner";

/** Exit code of a run whose program does not compile. */
const NOT_BUILT = 120;

/** Go: the program is built for each run, outside the project, from modules that are on the machine. */
export const go: ProgramRunner = {
  start(settings, engine, signal) {
    const { directory, programDirectory, runtime } = settings.project;
    const { binary } = runtime.options;
    const common = { cwd: programDirectory, signal };
    const env = programEnvironment(settings, engine);
    if (binary !== undefined) {
      const command = resolve(directory, binary);
      if (!existsSync(command))
        throw new Error(
          `Pulumi.yaml sets binary: ${binary}, but there is no ${command}. Build it: go build -o ${binary}`,
        );
      return startGuarded({ ...common, env, steps: [{ command, arguments: [] }] });
    }
    if (executableOnPath("go") === undefined)
      throw new Error(
        "The program needs Go, and go is not on PATH. Install Go, or set the built program as runtime.options.binary in Pulumi.yaml.",
      );
    const temporaryDirectory = mkdtempSync(join(tmpdir(), "streamlake-go-"));
    const program = join(
      temporaryDirectory,
      process.platform === "win32" ? "program.exe" : "program",
    );
    return startGuarded({
      ...common,
      env: {
        ...env,
        // A plan downloads nothing.
        GOPROXY: "off",
        GOTMPDIR: temporaryDirectory,
      },
      steps: [
        { command: "go", arguments: ["build", "-o", program, "."], failureCode: NOT_BUILT },
        { command: program, arguments: [] },
      ],
      temporaryDirectory,
    });
  },
  readableReason(logged, callError) {
    if (callError !== undefined) return callError;
    const reason = logged.replace(/^an unhandled error occurred: program failed: ?\n/u, "");
    // The SDK lists the errors of a program, even a single one.
    return reason
      .replace(/^\d+ errors? occurred:\n/u, "")
      .replace(/^\t\* /gmu, "")
      .trim();
  },
  printedReason({ exitCode, printed }, directory) {
    return exitCode === NOT_BUILT ? buildFailure(printed) : panicReason(printed, directory);
  },
  isConcurrent: true,
};

/** The first error of the compiler; the program's output contains all. */
function buildFailure(printed: string): string {
  const [first = ""] = printed.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const areModulesMissing = /GOPROXY=off|missing go\.sum entry|no required module/u.test(printed);
  return `The program does not compile: ${first.trim()}\n${
    areModulesMissing
      ? "Download its modules: go mod tidy"
      : "To see all errors: go build -o /dev/null ."
  }`;
}

function panicReason(printed: string, directory: string): string | undefined {
  const [, panic, frames = ""] =
    /^(panic: .*)\n(?:.*\n)*?goroutine .*\n([^]*)/mu.exec(printed) ?? [];
  if (panic === undefined) return undefined;
  const places = [...frames.matchAll(/^\t(.+\.go):(\d+)/gmu)].map(
    ([, file = "", line = ""]) => `${relative(directory, file)}:${line}`,
  );
  const own = places.find((place) => !place.startsWith("..") && !isAbsolute(place));
  return own === undefined ? panic : `${panic} (${own})`;
}
