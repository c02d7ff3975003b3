import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { startGuarded } from "../guardedProcess";
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
    if (!isOnPath("go"))
      throw new Error(
        "The program needs Go, and there is no go on PATH. Install Go, or set the built program as runtime.options.binary in Pulumi.yaml.",
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
  readableReason(logged) {
    const reason = logged.replace(/^an unhandled error occurred: program failed: ?\n/u, "");
    // The SDK lists the errors of a program, even a single one.
    return reason
      .replace(/^\d+ errors? occurred:\n/u, "")
      .replace(/^\t\* /gmu, "")
      .trim();
  },
  printedReason(printed, exitCode) {
    if (exitCode === NOT_BUILT) {
      const fix = /GOPROXY=off|missing go\.sum entry|no required module/u.test(printed)
        ? "Modules are missing. Download them: go mod tidy"
        : "The program does not compile. See: go build .";
      const lines = printed.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
      return [...lines.slice(0, 10), fix].join("\n");
    }
    const [, panic, frames] =
      /^panic: (.*(?:\n(?!goroutine ).*)*?)\n\ngoroutine [^\n]*\n(.*)/msu.exec(printed) ?? [];
    if (panic === undefined) return undefined;
    const place = /^\t(?!.*\/(?:go\/pkg\/mod|src\/runtime)\/)(.+\.go:\d+)/mu.exec(
      frames ?? "",
    )?.[1];
    return `panic: ${panic}${place === undefined ? "" : ` (${place})`}`;
  },
  isConcurrent: true,
};

function isOnPath(command: string): boolean {
  const names = process.platform === "win32" ? [`${command}.exe`] : [command];
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .some((directory) => names.some((name) => existsSync(join(directory, name))));
}
