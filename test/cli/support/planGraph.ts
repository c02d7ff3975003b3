import pc from "picocolors";
import { type PlanWithAccess, planWithAccess } from "../../../cli/plan/access/planWithAccess";
import type { ReportStyle } from "../../../cli/plan/planReport";
import type { GraphResource, Properties, PropertyValue } from "../../../engine/graph/resourceGraph";
import { STACK_TYPE, urnOf } from "../../../engine/graph/urn";
import type { PolicyFacts } from "../../../engine/policy/policyFacts";
import type { PolicyReport } from "../../../engine/policy/policyReport";

/** A resource as a test declares it; its URN follows from its position in the stack. */
export interface Declared extends Partial<Pick<GraphResource, "custom" | "external" | "id">> {
  readonly type: string;
  readonly name: string;
  readonly inputs?: Properties;
  readonly outputs?: Properties;
  readonly options?: GraphResource["options"];
  readonly children?: readonly Declared[];
}

export interface DeclaredStack {
  readonly stack: string;
  readonly resources: readonly Declared[];
  readonly region?: string;
  readonly outputs?: Properties;
  readonly report?: Partial<PolicyReport>;
}

const project = "shop";

/** A plan of a stack with these resources, parents before their children. */
export function planOf({
  stack,
  resources,
  region,
  outputs = {},
  report,
}: DeclaredStack): PlanWithAccess {
  const declare = (declared: Declared, parent?: string): GraphResource[] => {
    const { children = [], type, name, ...more } = declared;
    const urn = urnOf({ project, stack, type, name, ...(parent && { parent }) });
    const resource = {
      ...{ urn, type, name, custom: true, external: false, inputs: {}, outputs: {}, options: {} },
      ...{ dependencies: [], propertyDependencies: {} },
      ...(parent !== undefined && { parent }),
      ...more,
    };
    return [resource, ...children.flatMap((child) => declare(child, urn))];
  };
  const root = { type: STACK_TYPE, name: `${project}-${stack}`, custom: false, outputs };
  return planWithAccess({
    graph: { project, stack, resources: declare({ ...root, children: resources }), outputs },
    report: {
      ...{ pack: { name: "strict", version: "1.2.3" }, policies: [policyNamed("retention")] },
      ...{ violations: [], undecided: [], exemptions: [], exempted: [], remediations: [] },
      ...report,
    },
    region: region ?? "us-east-1",
  });
}

/** The facts about a rule of which a pack specifies only the name. */
export function policyNamed(name: string, facts: Partial<PolicyFacts> = {}): PolicyFacts {
  return {
    ...{ name, title: "", description: "", level: "mandatory", severity: "unspecified" },
    ...{ remediationSteps: "", url: "", tags: [] },
    ...facts,
  };
}

/** A resource. Default name: `events`. */
export function declared(type: string, more: Partial<Declared> = {}): Declared {
  return { type, name: "events", ...more };
}

/** A component that reports its settings. */
export function lake(
  effectiveSettings: PropertyValue,
  children: readonly Declared[] = [],
): Declared {
  const outputs = { effectiveSettings };
  return declared("acme:index:Lake", { custom: false, outputs, children });
}

/** Settings as a component reports them; the stack sets those in `set`. */
export function settingsOutput(
  values: Readonly<Record<string, PropertyValue>>,
  set: readonly string[] = [],
): PropertyValue {
  return Object.entries(values).map(([setting, value]) => ({
    ...{ setting, value },
    origin: set.includes(setting) ? "stack" : "default",
  }));
}

/** 80 columns without colors. */
export const plain: ReportStyle = { preview: false, columns: 80, colors: pc.createColors(false) };
