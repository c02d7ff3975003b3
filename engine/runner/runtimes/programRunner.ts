import type { StackSettings } from "../../stack/stackFile";
import type { Child } from "../childProcess";

/** Starts the programs of one runtime. */
export interface ProgramRunner {
  /**
   * Starts the program of a stack as a preview.
   *
   * @param engine host:port of the services that the program calls
   * @param signal ends the program
   * @throws Error with the command that installs what is missing
   */
  start(settings: StackSettings, engine: string, signal: AbortSignal): Child;
  /**
   * The program's own message in an error that its SDK logs.
   *
   * @param callError the error of a call that the logged error contains, if it does
   */
  readableReason(logged: string, callError?: string): string;
  /**
   * The reason why a program failed that logged no error, if what it printed contains one.
   *
   * @param directory of the program
   */
  printedReason(ended: EndedProgram, directory: string): string | undefined;
  /** Whether registrations arrive in another order from run to run. */
  readonly isConcurrent: boolean;
}

interface EndedProgram {
  readonly exitCode: number;
  readonly printed: string;
}

/** The environment variables about the stack that the SDKs for Python, Go and Java read. */
export function programEnvironment(
  { project, stack, config, secretKeys }: StackSettings,
  engine: string,
): Record<string, string> {
  return {
    // The CLI's value when Pulumi Cloud does not store the state.
    PULUMI_ORGANIZATION: "organization",
    PULUMI_PROJECT: project.name,
    PULUMI_ROOT_DIRECTORY: project.directory,
    PULUMI_STACK: stack,
    PULUMI_DRY_RUN: "true",
    PULUMI_PARALLEL: "1",
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
    PULUMI_MONITOR: engine,
    PULUMI_ENGINE: engine,
  };
}
