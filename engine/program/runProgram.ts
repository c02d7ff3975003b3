import type * as Remote from "../components/remoteComponents";
import { OfflineAnswers } from "../functions/offlineAnswers";
import { redactorOf } from "../graph/redaction";
import type { GraphNote, GraphResource, Properties, ResourceGraph } from "../graph/resourceGraph";
import { inStableOrder } from "../graph/stableOrder";
import { InputCheck } from "../inputs/inputCheck";
import { stackScope } from "../provider/awsScope";
import type { ResourceProvider } from "../provider/resourceProvider";
import type { Child } from "../runner/childProcess";
import { RunnerFailure } from "../runner/runnerFailure";
import { go } from "../runner/runtimes/go";
import { java } from "../runner/runtimes/java";
import { nodejs } from "../runner/runtimes/nodejs";
import type { ProgramRunner } from "../runner/runtimes/programRunner";
import { python } from "../runner/runtimes/python";
import { readAnswers } from "../stack/answersFile";
import type { RuntimeName } from "../stack/projectFile";
import { awsRegion, regionCommand } from "../stack/awsRegion";
import type { StackSettings } from "../stack/stackFile";
import { openEnginePort } from "./enginePort";
import type { Diagnostic } from "./engineServer";

export interface RunOptions {
  /** Receives what the program printed and logged, without secrets, after the program has ended. */
  readonly print: (text: string) => void;
  /** Ends the program early. */
  readonly signal: AbortSignal;
  /** Returns the final inputs of a resource before it is created. Default: no change. */
  readonly remediate?: (resource: GraphResource) => Promise<Properties>;
  /** Receives every resource as soon as it is created, if the program creates one after the other. */
  readonly created?: (resource: GraphResource) => void;
}

const programRunners: Readonly<Record<RuntimeName, ProgramRunner>> = { nodejs, python, go, java };

/**
 * Runs the unchanged program of a stack without the Pulumi CLI: the program's SDK calls this process
 * over gRPC on loopback, and `provider` replaces the cloud. As in a preview, outputs
 * that the provider leaves out are unknown to the program.
 *
 * @returns what the program declared
 * @throws RunnerFailure with the program's own error message
 */
export async function runProgram(
  settings: StackSettings,
  provider: ResourceProvider,
  { print, signal, remediate, created }: RunOptions,
): Promise<ResourceGraph> {
  const { project, stack } = settings;
  const runner = programRunners[project.runtime.name];
  const inputCheck = new InputCheck(project.programDirectory);
  const children = new AbortController();
  const answers = new OfflineAnswers({
    scope: stackScope(awsRegion(settings), settings.config),
    given: readAnswers(project.directory, stack),
    directory: project.programDirectory,
  });
  const port = await openEnginePort();
  // Loading gRPC takes as long as starting the program, so the program starts first.
  const ended = toEnd(() => runner.start(settings, port.address, signal));
  ended.catch(() => undefined);
  const { RemoteComponents } = module.require("../components/remoteComponents") as typeof Remote;
  const { startEngineServer } = module.require("./engineServer") as typeof import("./engineServer");
  const components = new RemoteComponents(
    settings,
    port.address,
    AbortSignal.any([signal, children.signal]),
  );
  const engine = await startEngineServer(
    {
      ...{ project: project.name, stack, provider, answers, components, inputCheck },
      directory: project.programDirectory,
      projectDirectory: project.directory,
      placeholders: settings.placeholders,
      ...(remediate && { remediate }),
      ...(created && !runner.isConcurrent && { created }),
    },
    port,
  );
  const { monitor, diagnostics } = engine;
  try {
    const { exit, printed } = await ended;
    const redact = redactorOf(monitor.graph());
    const text = redact(printed + (await components.printed()) + notices(diagnostics));
    if (text !== "") print(text);
    const printedReason =
      typeof exit === "number"
        ? runner.printedReason({ exitCode: exit, printed }, project.programDirectory)
        : undefined;
    const failure = failureOf(exit, diagnostics, {
      callErrors: monitor.callErrors,
      advice: answers.advice(),
      printedReason,
      readableReason: (logged, callError) => runner.readableReason(logged, callError),
    });
    // The component of a pipeline rejects an unknown region, with the same fix.
    if (failure?.message.includes("aws:region ") !== true)
      for (const note of settings.regionNotes) print(`note: ${note}\n`);
    const rejection = withConfigProblems(settings.problems, failure);
    if (rejection !== undefined) throw rejection.redacted(redact);
    for (const note of inputCheck.notes()) monitor.note(note);
    const { resources } = monitor.graph();
    for (const note of assumedRegion(settings, resources)) monitor.note(note);
    return runner.isConcurrent ? inStableOrder(monitor.graph()) : monitor.graph();
  } finally {
    children.abort();
    engine.close();
  }
}

/** The region of a deployment comes from the config, the environment or a profile of AWS. */
function assumedRegion(
  settings: StackSettings,
  resources: readonly GraphResource[],
): readonly GraphNote[] {
  const isUsed = resources.some(
    ({ type, custom, inputs, options }) =>
      type.startsWith("aws:") &&
      custom &&
      options.provider === undefined &&
      inputs["region"] === undefined,
  );
  if (settings.config["aws:region"] !== undefined || !isUsed) return [];
  const region = awsRegion(settings);
  const message =
    `The stack does not set it; ${region} is assumed. In a deployment, AWS_REGION or a profile can set it, too. ` +
    `Set it: ${regionCommand(region, settings.stack)}`;
  return [{ kind: "assumed", subject: "aws:region", message }];
}

interface EndedProcess {
  /** Its exit code, or the signal that ended it. */
  readonly exit: number | NodeJS.Signals;
  readonly printed: string;
}

async function toEnd(start: () => Child): Promise<EndedProcess> {
  const child = start();
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

interface Reasons {
  /** Error messages that the program's failed calls returned. */
  readonly callErrors: readonly string[];
  /** What to do if the program failed because of unknown answers. */
  readonly advice: string | undefined;
  /** The program's own message in what the process printed. */
  readonly printedReason: string | undefined;
  readonly readableReason: ProgramRunner["readableReason"];
}

function failureOf(
  exit: EndedProcess["exit"],
  diagnostics: readonly Diagnostic[],
  { callErrors, advice, printedReason, readableReason }: Reasons,
): RunnerFailure | undefined {
  const logged = diagnostics.filter(({ severity }) => severity === "error");
  if (exit === 0 && logged.length === 0) return undefined;
  const details = logged.map(({ message }) => message).join("\n\n");
  const reasons = logged.map(
    // The SDK wraps the error of a call in the names of SDK functions, which only confuse.
    ({ message }) =>
      readableReason(
        message,
        callErrors.find((error) => message.includes(error)),
      ),
  );
  if (reasons.length === 0 && printedReason !== undefined) reasons.push(printedReason);
  if (reasons.length === 0) reasons.push(...callErrors);
  if (reasons.length === 0) {
    const how = typeof exit === "number" ? `exited with code ${exit}` : `was ended by ${exit}`;
    reasons.push(`The program ${how} and logged no error. See its output.`);
  }
  // A program can catch the error of a call, and fail because of something else.
  const isCallError = callErrors.some((error) => reasons.some((reason) => reason.includes(error)));
  if (advice !== undefined && !isCallError) reasons.push(advice);
  return new RunnerFailure(withoutRepetition(reasons).join("\n\n"), details);
}

/**
 * Pulumi rejects the config before it runs the program. Here the program runs first, so that its own
 * problems with the config are reported together with those.
 */
function withConfigProblems(
  problems: readonly string[],
  failure: RunnerFailure | undefined,
): RunnerFailure | undefined {
  if (problems.length === 0) return failure;
  const own = failure === undefined ? [] : [failure.message];
  return new RunnerFailure([...problems, ...own].join("\n\n"), failure?.stack ?? "");
}

/** One failure can be logged again by what waits for it, without its place or with another one. */
function withoutRepetition(reasons: readonly string[]): string[] {
  const byMessage = new Map<string, string>();
  for (const reason of reasons) {
    const [message = ""] = reason.split("\n    at ");
    const first = byMessage.get(message);
    if (first === undefined || first === message) byMessage.set(message, reason);
  }
  return [...byMessage.values()];
}
