import { redactorOf } from "./graph/redaction";
import {
  type GraphResource,
  type ResourceGraph,
  Secret,
  Unknown,
  valuesIn,
} from "./graph/resourceGraph";
import { policyConfigFor } from "./policy/policyConfig";
import type { PolicyReport } from "./policy/policyReport";
import type { Undecided } from "./policy/resultData";
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
    const evaluated = reportOnDeployed(await pack.evaluate(graph), graph);
    const report = { ...evaluated, ...(file && { configFile: file }) };
    if (pack.printed !== "") print(redactorOf(graph)(pack.printed));
    return { graph, report };
  } finally {
    children.abort();
  }
}

/** How `@streamlake/policy` ends the reason of an undecided result, which is right for a plan only. */
const UNTIL_UPDATE = /\bunknown until the update\b/;

/** No update decides what is undecided for a deployed stack: rules cannot read what its state encrypts. */
function reportOnDeployed(report: PolicyReport, graph: ResourceGraph): PolicyReport {
  const resources = new Map(graph.resources.map((resource) => [resource.urn, resource]));
  return {
    ...report,
    undecided: report.undecided.map((entry) => ({
      ...entry,
      reason: entry.reason.replace(UNTIL_UPDATE, whyUnknown(entry, resources.get(entry.urn))),
    })),
    violations: report.violations.map((violation) => ({
      ...violation,
      message: violation.message.replace(UNTIL_UPDATE, NOT_READABLE),
    })),
  };
}

/** Also of a value that depends on other resources, such as the policies of a role. */
const NOT_READABLE = "not readable in the export";

function whyUnknown({ values = [] }: Undecided, resource: GraphResource | undefined): string {
  const areEncrypted =
    resource !== undefined &&
    values.length > 0 &&
    values.every((path) => isEncrypted(resource, path));
  return areEncrypted ? "encrypted in the export" : NOT_READABLE;
}

/** @param path of a property, e.g. `inlinePolicies[0].policy` */
function isEncrypted({ inputs, outputs }: GraphResource, path: string): boolean {
  const [property = ""] = path.split(/[.[]/);
  return [inputs[property], outputs[property]].some(
    (value) =>
      value !== undefined &&
      [...valuesIn(value)].some(
        (part) => part instanceof Secret && part.reveal() instanceof Unknown,
      ),
  );
}
