import { type Redact, redactorOf } from "../../../engine/graph/redaction";
import type { GraphResource } from "../../../engine/graph/resourceGraph";
import type { StackPlan } from "../../../engine/planStack";

/** One of two stacks that are compared. */
export interface Side {
  readonly plan: StackPlan;
  /** Hides the secrets of both stacks. */
  readonly redact: Redact;
  readonly neutral: Neutral;
  /** URN -> what the resource is in any stack: the types and names from the root down to it. */
  readonly places: ReadonlyMap<string, string>;
}

export interface Sides {
  readonly here: Side;
  readonly there: Side;
}

export function sidesOf(here: StackPlan, there: StackPlan): Sides {
  const [redactHere, redactThere] = [redactorOf(here.graph), redactorOf(there.graph)];
  const redact = (text: string): string => redactThere(redactHere(text));
  const sideOf = (plan: StackPlan): Side => {
    const neutral = neutralizer(plan);
    return { plan, redact, neutral, places: placesOf(plan.graph.resources, neutral) };
  };
  return { here: sideOf(here), there: sideOf(there) };
}

/** Parents are registered before their children. */
function placesOf(
  resources: readonly GraphResource[],
  neutral: Neutral,
): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  for (const { urn, type, name, parent } of resources) {
    const above = parent === undefined ? "" : `${places.get(parent) ?? neutral(parent)} > `;
    places.set(urn, `${above}${type} ${neutral(name)}`);
  }
  return places;
}

/** What something is in one stack and in the other; null where it is not. */
export interface Difference<Value = string> {
  readonly here: Value | null;
  readonly there: Value | null;
}

/** A resource and its like in the other stack. */
export interface ResourcePair {
  readonly here: GraphResource;
  readonly there: GraphResource;
}

/** The resources of two stacks, each in the order of its registration. */
export interface MatchedResources {
  readonly pairs: readonly ResourcePair[];
  readonly onlyHere: readonly GraphResource[];
  readonly onlyThere: readonly GraphResource[];
}

/** Matches resources that have the same type and name, under parents that have the same. */
export function matchResources({ here, there }: Sides): MatchedResources {
  const left = new Map(
    there.plan.graph.resources.map((resource) => [there.places.get(resource.urn), resource]),
  );
  const pairs: ResourcePair[] = [];
  const onlyHere: GraphResource[] = [];
  for (const resource of here.plan.graph.resources) {
    const place = here.places.get(resource.urn);
    const counterpart = left.get(place);
    if (counterpart === undefined) onlyHere.push(resource);
    else pairs.push({ here: resource, there: counterpart });
    left.delete(place);
  }
  return { pairs, onlyHere, onlyThere: [...left.values()] };
}

/** Takes out of a text what no two stacks have in common, however alike they are. */
type Neutral = (text: string) => string;

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** What Pulumi ends a name with that the program left to it, e.g. `user-events-6854b01`. */
const MADE_UP_NAME = /([\w.-]+)-[0-9a-f]{7}(?![\w-])/g;

const ARN_SCOPE = /\barn:aws[a-z-]*:([a-z0-9-]*):[a-z0-9-]*:\d*:/g;

/** For the texts of one stack: its name, its region, made-up ids and names, and whose an ARN is. */
function neutralizer({ graph, region }: StackPlan): Neutral {
  const { stack, resources } = graph;
  const ids = new Set(resources.map(({ id }) => id));
  const names = new Set(resources.map(({ name }) => name.toLowerCase()));
  // A stack may be called like a number, and then only stands for itself as part of a name.
  const stackWord = wholeWord(stack, /^\d+$/.test(stack) ? "(?<=[-/_])" : undefined);
  const regionWord = wholeWord(region);
  return (text) =>
    text
      .replace(ARN_SCOPE, "arn:*:$1:*:*:")
      .replace(UUID, (uuid) => (ids.has(uuid) ? "*" : uuid))
      .replace(MADE_UP_NAME, (whole, name: string) =>
        names.has(name.toLowerCase()) ? name : whole,
      )
      .replaceAll(".amazonaws.com.cn", ".amazonaws.com")
      .replace(regionWord, "*region*")
      .replace(stackWord, "*stack*");
}

function wholeWord(text: string, before = "(?<![A-Za-z0-9])"): RegExp {
  return new RegExp(`${before}${text.replaceAll(".", "\\.")}(?![A-Za-z0-9])`, "g");
}
