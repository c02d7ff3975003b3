import type { AnalyzeResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import { readReason } from "../results/resultData";
import { isUndecided } from "../rule/verdict";
import { configured, type TestPolicy, type TestPolicyConfig } from "./configured";
import type { WireProperties } from "./markers";
import { resourceRequest, stackRequest } from "./requests";
import { sdkHandlers } from "./sdkHandlers";
import { type TestResource, urnOf } from "./testResource";

export interface EvaluationOptions {
  /** Policy name -> its config, as in a policy config file. */
  readonly config?: Readonly<Record<string, TestPolicyConfig>>;
  /** Whether `computed` values are unknown. Default: false. */
  readonly inPreview?: boolean;
}

/** All results of the policies. Without a result, a resource or the stack passes. */
export interface Evaluation {
  readonly violations: readonly TestViolation[];
  /** `notApplicable` with a reason that starts with "undecided:". */
  readonly undecided: readonly NotApplied[];
  /** `notApplicable` with any other reason. */
  readonly notApplicable: readonly NotApplied[];
}

export interface TestViolation {
  readonly policy: string;
  readonly level: "advisory" | "mandatory" | "disabled" | "remediate";
  readonly severity: "" | "low" | "medium" | "high" | "critical";
  readonly urn: string;
  /** As the Pulumi CLI prints it: the policy's description, a line break, the violation's message. */
  readonly message: string;
}

export interface NotApplied {
  readonly policy: string;
  /** Empty for a stack policy. */
  readonly urn: string;
  readonly reason: string;
}

/**
 * Runs policies as the Pulumi engine does, through the SDK's own request handlers in this process:
 * each resource alone, then all of them as a stack. Unknown values, secrets, links, `notApplicable`
 * and levels are those of a real run. Policies must apply the defaults of their config: only the
 * engine takes them from the schema.
 *
 * @throws Error if a policy throws an error that would end a real operation
 */
export async function evaluatePolicies(
  policies: readonly TestPolicy[],
  resources: readonly TestResource[],
  { config = {}, inPreview = false }: EvaluationOptions = {},
): Promise<Evaluation> {
  const handlers = sdkHandlers(policies.map((policy) => configured(policy, config[policy.name])));
  const evaluations: Evaluation[] = [];
  for (const resource of resources) {
    const response = await handlers.analyze(resourceRequest(resource, inPreview));
    evaluations.push(evaluationOf(response, urnOf(resource)));
  }
  const response = await handlers.analyzeStack(stackRequest(resources, inPreview));
  evaluations.push(evaluationOf(response, ""));
  return {
    violations: evaluations.flatMap(({ violations }) => violations),
    undecided: evaluations.flatMap(({ undecided }) => undecided),
    notApplicable: evaluations.flatMap(({ notApplicable }) => notApplicable),
  };
}

const levels = ["advisory", "mandatory", "disabled", "remediate"] as const;
const severities = ["", "low", "medium", "high", "critical"] as const;

function evaluationOf(response: AnalyzeResponse, urn: string): Evaluation {
  const violations = response.getDiagnosticsList().map((diagnostic) => ({
    policy: diagnostic.getPolicyname(),
    level: levels[diagnostic.getEnforcementlevel()],
    severity: severities[diagnostic.getSeverity()],
    urn: diagnostic.getUrn() || urn,
    message: diagnostic.getMessage(),
  }));
  const notApplied = response.getNotApplicableList().map((entry) => ({
    policy: entry.getPolicyName(),
    urn,
    reason: readReason(entry.getReason()).text,
  }));
  return {
    violations,
    undecided: notApplied.filter(({ reason }) => isUndecided(reason)),
    notApplicable: notApplied.filter(({ reason }) => !isUndecided(reason)),
  };
}

/**
 * Remediates a resource by a policy, like the engine at level `remediate`.
 *
 * @returns the new inputs, with the markers of `markers.ts`; `undefined` if nothing changes
 */
export async function remediated(
  policy: TestPolicy,
  resource: TestResource,
  config: TestPolicyConfig = {},
  inPreview = false,
): Promise<WireProperties | undefined> {
  const level = { ...config, enforcementLevel: "remediate" } as const;
  const handlers = sdkHandlers([configured(policy, level)]);
  const response = await handlers.remediate(resourceRequest(resource, inPreview));
  const [remediation] = response.getRemediationsList();
  const diagnostic = remediation?.getDiagnostic() ?? "";
  if (diagnostic !== "") throw new Error(diagnostic);
  return remediation?.getProperties()?.toJavaScript();
}
