import { startNode } from "../runner/childProcess";
import { type Diagnostic, startEngineServer } from "./engineServer";
import { redactorOf } from "../graph/redaction";
import type { GraphResource, Properties, ResourceGraph } from "../graph/resourceGraph";
import type { ResourceProvider } from "../provider/resourceProvider";
import { runnerArguments, runnerEnvironment } from "../runner/runner";
import { readableReason, RunnerFailure } from "../runner/runnerFailure";
import type { StackSettings } from "../stack/stackFile";

export interface RunOptions {
  /** Takes what the program printed and logged, without secrets, when the program has ended. */
  readonly print: (text: string) => void;
  /** Ends the program early. */
  readonly signal: AbortSignal;
  /** Has the last word on the inputs of a resource before it is created. Default: as they are. */
  readonly remediate?: (resource: GraphResource) => Promise<Properties>;
}

/**
 * Runs the unchanged program of a stack without the Pulumi CLI: the runner of @pulumi/pulumi talks
 * to this process over gRPC on loopback, and `provider` answers in the place of the cloud.
 * As in a preview, what the provider leaves out is unknown to the program.
 *
 * @returns what the program declared
 * @throws RunnerFailure whose message is the program's own
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
    const failure = failureOf(exit, diagnostics, monitor.refusals);
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
      // One registration after the other: else their order differs from run to run.
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
  refusals: readonly string[],
): RunnerFailure | undefined {
  const logged = diagnostics.filter(({ severity }) => severity === "error");
  if (exit === 0 && logged.length === 0) return undefined;
  const details = logged.map(({ message }) => message).join("\n\n");
  const reasons = logged.map(
    // Around a refusal the SDK wraps the names of its calls, which only confuse.
    ({ message }) =>
      refusals.find((refusal) => message.includes(refusal)) ?? readableReason(message),
  );
  if (reasons.length === 0) reasons.push(...refusals);
  if (reasons.length === 0) {
    const how = typeof exit === "number" ? `with exit code ${exit}` : `by ${exit}`;
    reasons.push(`The program was ended ${how} and gave no reason but what it printed.`);
  }
  return new RunnerFailure([...new Set(reasons)].join("\n\n"), details);
}
