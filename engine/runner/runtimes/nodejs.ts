import { startNode } from "../childProcess";
import { esModuleEnvironment } from "../esModules";
import { runnerArguments, runnerEnvironment } from "../runner";
import { reasonWithPlace } from "../runnerFailure";
import type { ProgramRunner } from "./programRunner";

/** TypeScript and JavaScript, with the runner of the program's own @pulumi/pulumi. */
export const nodejs: ProgramRunner = {
  start(settings, engine, signal) {
    const { project } = settings;
    return startNode({
      arguments: [
        ...runnerArguments(project.programDirectory, "run"),
        `--monitor=${engine}`,
        `--engine=${engine}`,
        // One registration at a time; otherwise their order would differ from run to run.
        "--parallel=1",
        project.entryPoint,
      ],
      cwd: project.programDirectory,
      env: { ...runnerEnvironment(settings), ...esModuleEnvironment(project.programDirectory) },
      signal,
    });
  },
  readableReason: reasonWithPlace,
  printedReason: () => undefined,
  isConcurrent: false,
};
