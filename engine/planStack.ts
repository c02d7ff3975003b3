import { madeUpProvider, previewProvider } from "./provider/madeUpProvider";
import { policyConfigFor } from "./policy/policyConfig";
import { PolicyPack } from "./policy/policyPack";
import type { PolicyReport } from "./policy/policyReport";
import { redactorOf } from "./graph/redaction";
import type { ResourceGraph } from "./graph/resourceGraph";
import { runProgram } from "./program/runProgram";
import { awsRegion, readStack } from "./stack/stackFile";

export interface PlanRequest {
  /** Folder of `Pulumi.yaml`. */
  readonly directory: string;
  readonly stack: string;
  /** Leave ids, ARNs and other outputs unknown, as a preview does. */
  readonly preview: boolean;
  /** Folder of the policy pack. */
  readonly policyPack: string;
  /** File with settings for the pack. Default: its own for stacks of that name, if it has one. */
  readonly policyConfig?: string | undefined;
}

/** What a stack would become, and what the policies say to it. */
export interface StackPlan {
  readonly graph: ResourceGraph;
  readonly report: PolicyReport;
  /** Where resources without a region of their own are, e.g. `us-east-1`. */
  readonly region: string;
}

/**
 * Plans a stack without an AWS account: runs its program and lets the policy pack judge the
 * result. Pack and program start side by side.
 *
 * @param print takes what program and pack printed, and what to know about the config
 * @throws Error whose message is for the user
 */
export async function planStack(
  request: PlanRequest,
  print: (text: string) => void,
): Promise<StackPlan> {
  return withChildren(planning(request, print));
}

/**
 * Plans a stack and another one of the same project side by side.
 *
 * @param print takes the texts of both, each line with the name of its stack before it
 * @throws Error whose message is for the user, before anything runs if a file is wrong
 */
export async function planTwoStacks(
  request: PlanRequest,
  otherStack: string,
  print: (text: string) => void,
): Promise<readonly [StackPlan, StackPlan]> {
  const planningOf = (stack: string): Planning => {
    const plan = planning({ ...request, stack }, (text) => {
      print(text.replace(/^(?=.)/gm, `${stack}: `));
    });
    return async (signal) => {
      try {
        return await plan(signal);
      } catch (error) {
        // Once one has failed, the other is ended, and that is no failure of its own.
        if (!signal.aborted) print(`Stack ${stack} cannot be planned:\n`);
        throw error;
      }
    };
  };
  const [plan, otherPlan] = [planningOf(request.stack), planningOf(otherStack)];
  return withChildren((signal) => Promise.all([plan(signal), otherPlan(signal)]));
}

/** Plans what it is made for; its child processes end with the signal. */
type Planning = (signal: AbortSignal) => Promise<StackPlan>;

async function withChildren<Result>(run: (signal: AbortSignal) => Promise<Result>) {
  const children = new AbortController();
  try {
    return await run(children.signal);
  } finally {
    children.abort();
  }
}

/** Reads what the request names, so that nothing runs if it is wrong. */
function planning(request: PlanRequest, print: (text: string) => void): Planning {
  const settings = readStack(request.directory, request.stack);
  const { layer: config, file } = policyConfigFor(request, request.stack);
  const region = awsRegion(settings);
  const provider = request.preview ? previewProvider(region) : madeUpProvider(region);
  return async (signal) => {
    for (const note of settings.notes) print(`note: ${note}\n`);
    const pack = PolicyPack.start(request.policyPack, settings, { config, signal });
    const program = runProgram(settings, provider, {
      print,
      signal,
      remediate: async (resource) => (await pack).remediate(resource),
    });
    const [policies, graph] = await Promise.all([pack, program]);
    const report = { ...(await policies.evaluate(graph)), ...(file && { configFile: file }) };
    if (policies.printed !== "") print(redactorOf(graph)(policies.printed));
    return { graph, report, region };
  };
}
