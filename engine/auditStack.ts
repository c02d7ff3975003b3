import { policyConfigFor } from "./policy/policyConfig";
import { PolicyPack } from "./policy/policyPack";
import type { PolicyReport } from "./policy/policyReport";
import { redactorOf } from "./graph/redaction";
import type { ResourceGraph } from "./graph/resourceGraph";
import { readStackExport } from "./stack/stackExport";

export interface AuditRequest {
  /** File of `pulumi stack export`. */
  readonly stackExport: string;
  /** Folder of the policy pack. */
  readonly policyPack: string;
  /** File with settings for the pack. Default: its own for stacks of that name, if it has one. */
  readonly policyConfig?: string | undefined;
  /** What the pack is told as the folder of the project. */
  readonly directory: string;
}

/** What is deployed, and what the policies say to it. */
export interface StackAudit {
  readonly graph: ResourceGraph;
  readonly report: PolicyReport;
}

/**
 * Lets a policy pack judge what is deployed, by the file of `pulumi stack export` alone. As in a
 * deployment, policies for a resource see its inputs, and those for the stack all outputs.
 *
 * @param print takes what the pack printed
 * @throws Error whose message is for the user
 */
export async function auditStack(
  request: AuditRequest,
  print: (text: string) => void,
): Promise<StackAudit> {
  const graph = readStackExport(request.stackExport);
  const { layer: config, file } = policyConfigFor(request, graph.stack);
  const children = new AbortController();
  try {
    const project = { name: graph.project, directory: request.directory, typescript: true };
    // What the stack was configured with is not in an export.
    const settings = { project, stack: graph.stack, config: {}, secretKeys: [] };
    const options = { config, signal: children.signal };
    const pack = await PolicyPack.start(request.policyPack, settings, options);
    const report = { ...(await pack.evaluate(graph)), ...(file && { configFile: file }) };
    if (pack.printed !== "") print(redactorOf(graph)(pack.printed));
    return { graph, report };
  } finally {
    children.abort();
  }
}
