import { type Redact, redactorOf } from "../../../engine/graph/redaction";
import type { GraphResource } from "../../../engine/graph/resourceGraph";
import type { StackPlan } from "../../../engine/planStack";

/** One of the two stacks in a comparison. */
export interface Side<Plan extends StackPlan = StackPlan> {
  readonly plan: Plan;
  /** Hides the secrets of both stacks. */
  readonly redact: Redact;
  readonly neutralize: Neutralize;
  /** URN -> path of the resource, the same in all stacks: types and names from the root down. */
  readonly paths: ReadonlyMap<string, string>;
}

export interface Sides<Plan extends StackPlan = StackPlan> {
  readonly here: Side<Plan>;
  readonly there: Side<Plan>;
}

/** A value in one stack and in the other; null where it is absent. */
export interface Difference<Value = string> {
  readonly here: Value | null;
  readonly there: Value | null;
}

export function sidesOf<Plan extends StackPlan>(here: Plan, there: Plan): Sides<Plan> {
  const [redactHere, redactThere] = [redactorOf(here.graph), redactorOf(there.graph)];
  const redact = (text: string): string => redactThere(redactHere(text));
  const sideOf = (plan: Plan): Side<Plan> => {
    const neutralize = neutralizer(plan);
    return { plan, redact, neutralize, paths: pathsOf(plan.graph.resources, neutralize) };
  };
  return { here: sideOf(here), there: sideOf(there) };
}

/** Relies on the order: parents are registered before their children. */
function pathsOf(
  resources: readonly GraphResource[],
  neutralize: Neutralize,
): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const { urn, type, name, parent } of resources) {
    const above = parent === undefined ? "" : `${paths.get(parent) ?? neutralize(parent)} > `;
    paths.set(urn, `${above}${type} ${neutralize(name)}`);
  }
  return paths;
}

/** A resource and its counterpart in the other stack. */
export interface ResourcePair {
  readonly here: GraphResource;
  readonly there: GraphResource;
}

/** The resources of two stacks, each in the order of registration. */
interface MatchedResources {
  readonly pairs: readonly ResourcePair[];
  readonly onlyHere: readonly GraphResource[];
  readonly onlyThere: readonly GraphResource[];
}

/** Matches resources of the same type and name whose parents match as well. */
export function matchResources({ here, there }: Sides): MatchedResources {
  const unmatched = new Map(
    there.plan.graph.resources.map((resource) => [there.paths.get(resource.urn), resource]),
  );
  const pairs: ResourcePair[] = [];
  const onlyHere: GraphResource[] = [];
  for (const resource of here.plan.graph.resources) {
    const path = here.paths.get(resource.urn);
    const counterpart = unmatched.get(path);
    if (counterpart === undefined) onlyHere.push(resource);
    else pairs.push({ here: resource, there: counterpart });
    unmatched.delete(path);
  }
  return { pairs, onlyHere, onlyThere: [...unmatched.values()] };
}

/** Replaces the parts of a string that differ between any two stacks, however similar they are. */
type Neutralize = (text: string) => string;

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** A name that Pulumi has generated: it appends a random suffix, e.g. `user-events-6854b01`. */
const GENERATED_NAME = /([\w.-]+)-[0-9a-f]{7}(?![\w-])/g;

const ARN_SCOPE = /\barn:aws[a-z-]*:([a-z0-9-]*):[a-z0-9-]*:\d*:/g;

/** Replaces the name and region of a stack, generated IDs and names, and the account in ARNs. */
function neutralizer({ graph, region }: StackPlan): Neutralize {
  const { stack, resources } = graph;
  const ids = new Set(resources.map(({ id }) => id));
  const names = new Set(resources.map(({ name }) => name.toLowerCase()));
  // The name of a stack can be a number: replace it only within a longer name.
  const stackWord = wholeWord(stack, /^\d+$/.test(stack) ? "(?<=[-/_])" : undefined);
  const regionWord = wholeWord(region);
  return (text) =>
    text
      .replace(ARN_SCOPE, "arn:*:$1:*:*:")
      .replace(UUID, (uuid) => (ids.has(uuid) ? "*" : uuid))
      .replace(GENERATED_NAME, (whole, name: string) =>
        names.has(name.toLowerCase()) ? name : whole,
      )
      .replaceAll(".amazonaws.com.cn", ".amazonaws.com")
      .replace(regionWord, "*region*")
      .replace(stackWord, "*stack*");
}

function wholeWord(text: string, before = "(?<![A-Za-z0-9])"): RegExp {
  return new RegExp(`${before}${text.replaceAll(".", "\\.")}(?![A-Za-z0-9])`, "g");
}
