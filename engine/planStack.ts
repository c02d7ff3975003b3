import { redactorOf } from "./graph/redaction";
import type { ResourceGraph } from "./graph/resourceGraph";
import { policyConfigFor } from "./policy/policyConfig";
import type { PolicyPack } from "./policy/policyPack";
import { noPolicies, type PolicyReport } from "./policy/policyReport";
import { startPack } from "./policy/startPack";
import { runProgram } from "./program/runProgram";
import { deployedAccount, deployedProvider } from "./provider/deployedProvider";
import { madeUpProvider, previewProvider } from "./provider/madeUpProvider";
import { awsRegion } from "./stack/awsRegion";
import { readStack, type StackSettings } from "./stack/stackFile";

export interface PlanRequest {
  /** Directory of `Pulumi.yaml`. */
  readonly directory: string;
  /** Default: the selected stack, or the only one. */
  readonly stack: string | undefined;
  /** Leave ids, ARNs and other outputs unknown, as a preview does. */
  readonly preview: boolean;
  /** Directory of the policy pack; undefined to evaluate no rules. */
  readonly policyPack: string | undefined;
  /** File with settings for the pack. Default: the pack's own file for that stack name, if any. */
  readonly policyConfig?: string | undefined;
  /** What is deployed, which the program updates. Default: nothing. */
  readonly deployed?: ResourceGraph | undefined;
  /** Environment variables for the policy pack. */
  readonly packEnvironment?: Readonly<Record<string, string>> | undefined;
}

/** What a deployment would create, and how the policy pack evaluates it. */
export interface StackPlan {
  readonly graph: ResourceGraph;
  readonly report: PolicyReport;
  /** Region of the resources that do not set one, e.g. `us-east-1`. */
  readonly region: string;
}

/**
 * Plans a stack without an AWS account: runs its program and evaluates the policy pack against the
 * result. Pack and program start in parallel.
 *
 * @param print receives what program and pack printed, and notes about the config
 * @throws Error with a message for the user
 */
export async function planStack(
  request: PlanRequest,
  print: (text: string) => void,
): Promise<StackPlan> {
  return withChildren(planning(request, print));
}

/**
 * Plans two stacks of the same project in parallel.
 *
 * @param print receives the output of both, each line prefixed with its stack's name
 * @throws Error with a message for the user; for an invalid file, before anything runs
 */
export async function planTwoStacks(
  request: PlanRequest,
  otherStack: string,
  print: (text: string) => void,
): Promise<readonly [StackPlan, StackPlan]> {
  const { stack } = readStack(request.directory, request.stack);
  if (stack === otherStack) {
    throw new Error(
      `--compare ${stack} compares the stack with itself. Specify another stack: it has a file Pulumi.<name>.yaml.`,
    );
  }
  const labeled = (name: string): LabeledRequest => ({
    ...{ label: name, title: `Stack ${name}` },
    request: { ...request, stack: name },
  });
  return planTogether([labeled(stack), labeled(otherStack)], print);
}

/** One of two plans. */
export interface LabeledRequest {
  readonly request: PlanRequest;
  /** Begins each line that program and pack print. */
  readonly label: string;
  /** Begins the sentence that the plan fails, e.g. `Stack dev`. */
  readonly title: string;
}

/**
 * Makes two plans in parallel. Once one has failed, the other is stopped.
 *
 * @throws Error with a message for the user; for an invalid file, before anything runs
 */
export async function planTogether(
  requests: readonly [LabeledRequest, LabeledRequest],
  print: (text: string) => void,
): Promise<readonly [StackPlan, StackPlan]> {
  const planningOf = ({ request, label, title }: LabeledRequest): Planning => {
    const plan = planning(request, (text) => {
      print(text.replace(/^(?=.)/gm, `${label}: `));
    });
    return async (signal) => {
      try {
        return await plan(signal);
      } catch (error) {
        // The plan that is stopped is not a second failure.
        if (!signal.aborted) print(`${title} cannot be planned:\n`);
        throw error;
      }
    };
  };
  const [plan, otherPlan] = [planningOf(requests[0]), planningOf(requests[1])];
  return withChildren((signal) => Promise.all([plan(signal), otherPlan(signal)]));
}

/** A plan that is ready to run. The signal ends its child processes. */
type Planning = (signal: AbortSignal) => Promise<StackPlan>;

async function withChildren<Result>(run: (signal: AbortSignal) => Promise<Result>) {
  const children = new AbortController();
  try {
    return await run(children.signal);
  } finally {
    children.abort();
  }
}

/** Reads the request's files at once, so that nothing runs if one is invalid. */
function planning(request: PlanRequest, print: (text: string) => void): Planning {
  const { policyPack, packEnvironment: environment, deployed } = request;
  const settings = inAccountOf(deployed, readStack(request.directory, request.stack));
  const { layer: config, file } = policyConfigFor(request, settings.stack);
  const region = awsRegion(settings);
  const providerOf = request.preview ? previewProvider : madeUpProvider;
  const fresh = providerOf(region, settings.config);
  const provider = deployed === undefined ? fresh : deployedProvider(deployed, fresh);
  return async (signal) => {
    for (const note of settings.notes) print(`note: ${note}\n`);
    const pack =
      policyPack === undefined
        ? undefined
        : startPack(policyPack, settings, { config, signal, environment });
    const program = runProgram(settings, provider, {
      print,
      signal,
      ...(pack && {
        remediate: async (resource) => (await pack).remediate(resource),
        created: (resource) => {
          const evaluate = (started: PolicyPack): void => {
            started.evaluateEarly(resource);
          };
          // A pack that does not start is reported to who waits for its result.
          pack.then(evaluate, () => undefined);
        },
      }),
    });
    const [policies, graph] = await Promise.all([pack, program]);
    if (policies === undefined) return { graph, report: noPolicies, region };
    const report = { ...(await policies.evaluate(graph)), ...(file && { configFile: file }) };
    if (policies.printed !== "") print(redactorOf(graph)(policies.printed));
    return { graph, report, region };
  };
}

/** Settings of the default provider that name an account. */
const NAMING = ["aws:allowedAccountIds", "aws:assumeRole", "aws:assumeRoles"];

/** The settings of a stack, with the account of what is deployed, unless its config names one. */
function inAccountOf(deployed: ResourceGraph | undefined, settings: StackSettings): StackSettings {
  const account = deployed && deployedAccount(deployed);
  if (account === undefined || NAMING.some((key) => key in settings.config)) return settings;
  return {
    ...settings,
    config: { ...settings.config, "aws:allowedAccountIds": JSON.stringify([account]) },
  };
}
