import type {
  EnforcementLevel,
  Policies,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { policyHandlers } from "./policyServer";
import { toWireProperties } from "./policyWireFormat";

/** A resource as a policy sees it. Properties are in the form of `policyWireFormat.ts`. */
export interface TestResource {
  readonly type: string;
  readonly name: string;
  /** Default: `urnOf` of this resource. */
  readonly urn?: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  readonly parent?: string;
}

/** Policy name -> its config, as in a policy config file. */
export type TestPolicyConfig = Readonly<
  Record<string, { readonly enforcementLevel?: EnforcementLevel; readonly [key: string]: unknown }>
>;

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
  /** As the Pulumi CLI prints it: the policy's description, a line break, the rule's message. */
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
 * each resource alone, then all of them as a stack. Unknowns, secrets, `notApplicable` and levels
 * behave as in a real preview. Nothing applies config defaults, as without the engine.
 *
 * @throws Error when a policy throws what the SDK does not expect, which ends a real operation
 */
export async function evaluatePolicies(
  policies: Policies,
  resources: readonly TestResource[],
  config: TestPolicyConfig = {},
): Promise<Evaluation> {
  const handlers = policyHandlers(policies.map((policy) => configured(policy, config)));
  const evaluations: Evaluation[] = [];
  for (const resource of resources) {
    const response = await handlers.analyze(analyzeRequest(resource));
    evaluations.push(evaluationOf(response, urnOf(resource)));
  }
  const stack = new analyzer.AnalyzeStackRequest();
  stack.setResourcesList(resources.map(analyzerResource));
  evaluations.push(evaluationOf(await handlers.analyzeStack(stack), ""));
  return {
    violations: evaluations.flatMap(({ violations }) => violations),
    undecided: evaluations.flatMap(({ undecided }) => undecided),
    notApplicable: evaluations.flatMap(({ notApplicable }) => notApplicable),
  };
}

/** The URN of a resource: its own, or that of a top-level resource in stack `test`. */
export function urnOf({ urn, type, name }: Pick<TestResource, "urn" | "type" | "name">): string {
  return urn ?? `urn:pulumi:test::test::${type}::${name}`;
}

/** The SDK keeps config where only its gRPC server can set it, so it is put in by a wrapper. */
function configured(policy: Policies[number], config: TestPolicyConfig): Policies[number] {
  const { enforcementLevel, ...settings } = config[policy.name] ?? {};
  const level = enforcementLevel === undefined ? {} : { enforcementLevel };
  const getConfig = () => settings as never;
  if (isStackPolicy(policy)) {
    return {
      ...policy,
      ...level,
      validateStack: (args, report) => policy.validateStack({ ...args, getConfig }, report),
    };
  }
  const { validateResource = [] } = policy;
  return {
    ...policy,
    ...level,
    validateResource: [validateResource]
      .flat()
      .map((validate) => (args, report) => validate({ ...args, getConfig }, report)),
  };
}

function isStackPolicy(
  policy: ResourceValidationPolicy | StackValidationPolicy,
): policy is StackValidationPolicy {
  return "validateStack" in policy;
}

function analyzeRequest(resource: TestResource): analyzer.AnalyzeRequest {
  const request = new analyzer.AnalyzeRequest();
  request.setType(resource.type);
  request.setName(resource.name);
  request.setUrn(urnOf(resource));
  request.setProperties(Struct.fromJavaScript(toWireProperties(resource.props)));
  request.setOptions(resourceOptions(resource));
  return request;
}

function analyzerResource(resource: TestResource): analyzer.AnalyzerResource {
  const message = new analyzer.AnalyzerResource();
  message.setType(resource.type);
  message.setName(resource.name);
  message.setUrn(urnOf(resource));
  message.setProperties(Struct.fromJavaScript(toWireProperties(resource.props)));
  message.setOptions(resourceOptions(resource));
  message.setParent(resource.parent ?? "");
  message.setDependenciesList([...(resource.dependencies ?? [])]);
  for (const [property, urns] of Object.entries(resource.propertyDependencies ?? {})) {
    const dependencies = new analyzer.AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(property, dependencies);
  }
  return message;
}

function resourceOptions({ parent }: TestResource): analyzer.AnalyzerResourceOptions {
  const options = new analyzer.AnalyzerResourceOptions();
  options.setParent(parent ?? "");
  return options;
}

const levels = ["advisory", "mandatory", "disabled", "remediate"] as const;
const severities = ["", "low", "medium", "high", "critical"] as const;

function evaluationOf(response: analyzer.AnalyzeResponse, urn: string): Evaluation {
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
    reason: entry.getReason(),
  }));
  return {
    violations,
    undecided: notApplied.filter(({ reason }) => reason.startsWith("undecided:")),
    notApplicable: notApplied.filter(({ reason }) => !reason.startsWith("undecided:")),
  };
}
