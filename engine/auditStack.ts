import { redactorOf } from "./graph/redaction";
import type { ResourceGraph } from "./graph/resourceGraph";
import { policyConfigFor } from "./policy/policyConfig";
import type { PolicyReport } from "./policy/policyReport";
import { startPack } from "./policy/startPack";
import { readStackExport } from "./stack/stackExport";

export interface AuditRequest {
  /** File that `pulumi stack export` wrote. */
  readonly stackExport: string;
  /** Directory of the policy pack. */
  readonly policyPack: string;
  /** File with settings for the pack. Default: the pack's own file for that stack name, if any. */
  readonly policyConfig?: string | undefined;
  /** Environment variables for the pack. */
  readonly packEnvironment?: Readonly<Record<string, string>> | undefined;
  /** The project directory that the pack sees. */
  readonly directory: string;
}

/** What is deployed, and how the policy pack evaluates it. */
export interface StackAudit {
  readonly graph: ResourceGraph;
  readonly report: PolicyReport;
}

/**
 * Evaluates a policy pack against what is deployed. The only source is the file that
 * `pulumi stack export` wrote. As in a deployment, resource rules see the inputs of a resource, and
 * stack rules see all outputs.
 *
 * @param print receives what the pack printed
 * @throws Error with a message for the user
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
    // A stack export does not contain the stack config.
    const settings = { project, stack: graph.stack, config: {}, secretKeys: [] };
    const environment = request.packEnvironment;
    const options = { config, signal: children.signal, environment };
    const pack = await startPack(request.policyPack, settings, options);
    const report = { ...(await pack.evaluate(graph)), ...(file && { configFile: file }) };
    if (pack.printed !== "") print(redactorOf(graph)(pack.printed));
    return { graph, report };
  } finally {
    children.abort();
  }
}
