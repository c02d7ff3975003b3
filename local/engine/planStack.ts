import { madeUpProvider, previewProvider } from "./provider/madeUpProvider";
import { readPolicyConfig } from "./policy/policyConfig";
import { PolicyPack } from "./policy/policyPack";
import type { PolicyReport } from "./policy/policyReport";
import { redactorOf } from "./redaction";
import type { ResourceGraph } from "./resourceGraph";
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
  /** File with settings for the pack. */
  readonly policyConfig?: string | undefined;
}

/** What a stack would become, and what the policies say to it. */
export interface StackPlan {
  readonly graph: ResourceGraph;
  readonly report: PolicyReport;
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
  const settings = readStack(request.directory, request.stack);
  const config = request.policyConfig === undefined ? {} : readPolicyConfig(request.policyConfig);
  for (const note of settings.notes) print(`note: ${note}\n`);
  const provider = request.preview ? previewProvider : madeUpProvider;
  const children = new AbortController();
  const { signal } = children;
  try {
    const pack = PolicyPack.start(request.policyPack, settings, { config, signal });
    const program = runProgram(settings, provider(awsRegion(settings)), {
      print,
      signal,
      remediate: async (resource) => (await pack).remediate(resource),
    });
    const [policies, graph] = await Promise.all([pack, program]);
    const report = await policies.judge(graph);
    if (policies.printed !== "") print(redactorOf(graph)(policies.printed));
    return { graph, report };
  } finally {
    children.abort();
  }
}
