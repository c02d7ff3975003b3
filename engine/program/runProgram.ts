import { redactorOf } from "../graph/redaction";
import type { GraphResource, Properties, ResourceGraph } from "../graph/resourceGraph";
import type { ResourceProvider } from "../provider/resourceProvider";
import { startNode } from "../runner/childProcess";
import { runnerArguments, runnerEnvironment } from "../runner/runner";
import { readableReason, RunnerFailure } from "../runner/runnerFailure";
import type { StackSettings } from "../stack/stackFile";
import { type Diagnostic, startEngineServer } from "./engineServer";

export interface RunOptions {
  /** Receives what the program printed and logged, without secrets, after the program has ended. */
  readonly print: (text: string) => void;
  /** Ends the program early. */
  readonly signal: AbortSignal;
  /** Returns the final inputs of a resource before it is created. Default: no change. */
  readonly remediate?: (resource: GraphResource) => Promise<Properties>;
}

/**
 * Runs the unchanged program of a stack without the Pulumi CLI: the runner of @pulumi/pulumi calls
 * this process over gRPC on loopback, and `provider` replaces the cloud. As in a preview, outputs
 * that the provider leaves out are unknown to the program.
 *
 * @returns what the program declared
 * @throws RunnerFailure with the program's own error message
 */
export async function runProgram(
  settings: StackSettings,
  provider: ResourceProvider,
  { print, signal, remediate }: RunOptions,
): Promise<ResourceGraph> {
  const { project, stack } = settings;
  const engine = await startEngineServer({
    project: project.name,
    stack,
    provider,
    ...(remediate && { remediate }),
  });
  const { monitor, diagnostics } = engine;
  try {
    const { exit, printed } = await runToEnd(settings, engine.address, signal);
    const redact = redactorOf(monitor.graph());
    const text = redact(printed + notices(diagnostics));
    if (text !== "") print(text);
    const failure = failureOf(exit, diagnostics, monitor.callErrors);
    if (failure !== undefined) throw failure.redacted(redact);
    return monitor.graph();
  } finally {
    engine.close();
  }
}

/** How a process ended: its exit code, or the signal that ended it. */
type Exit = number | NodeJS.Signals;

function runToEnd(
  settings: StackSettings,
  engine: string,
  signal: AbortSignal,
): Promise<{ exit: Exit; printed: string }> {
  const { project } = settings;
  const child = startNode({
    arguments: [
      ...runnerArguments(project.programDirectory, "run"),
      `--monitor=${engine}`,
      `--engine=${engine}`,
      // One registration at a time; otherwise their order would differ from run to run.
      "--parallel=1",
      project.entryPoint,
    ],
    cwd: project.programDirectory,
    env: runnerEnvironment(settings),
    signal,
  });
  return new Promise((resolve, reject) => {
    let printed = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => (printed += text));
    child.once("error", reject);
    child.once("close", (code, killedBy) => {
      resolve({ exit: code ?? killedBy ?? "SIGKILL", printed });
    });
  });
}

function notices(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .filter(({ severity }) => severity !== "error")
    .map(({ severity, message }) => `${severity}: ${message.trimEnd()}\n`)
    .join("");
}

function failureOf(
  exit: Exit,
  diagnostics: readonly Diagnostic[],
  callErrors: readonly string[],
): RunnerFailure | undefined {
  const logged = diagnostics.filter(({ severity }) => severity === "error");
  if (exit === 0 && logged.length === 0) return undefined;
  const details = logged.map(({ message }) => message).join("\n\n");
  const reasons = logged.map(
    // The SDK wraps the error of a call in the names of SDK functions, which only confuse.
    ({ message }) => callErrors.find((error) => message.includes(error)) ?? readableReason(message),
  );
  if (reasons.length === 0) reasons.push(...callErrors);
  if (reasons.length === 0) {
    const how = typeof exit === "number" ? `exited with code ${exit}` : `was ended by ${exit}`;
    reasons.push(`The program ${how} and logged no error. See its output.`);
  }
  return new RunnerFailure([...new Set(reasons)].join("\n\n"), details);
}
