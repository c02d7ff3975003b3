import type { Operation } from "../../engine/preview/previewSchema";
import type { Preview, PreviewStep, ResourceState } from "../../engine/preview/readPreview";

/** What all steps of a preview together do to one resource. */
export interface PlannedChange {
  readonly urn: string;
  readonly type: string;
  /** Absent if the resource is new. */
  readonly before?: ResourceState;
  /** Absent if the resource leaves the stack. */
  readonly after?: ResourceState;
  /** Absent if the resource is neither replaced nor deleted. */
  readonly removal?: Removal;
}

export interface Removal {
  readonly type: "replacement" | "deletion";
  /** Paths of the properties that force a replacement; empty if the preview names none. */
  readonly replacedBy: readonly string[];
  /** Deleted before the new one exists. False if the preview does not show the order. */
  readonly deletedFirst: boolean;
}

/** One change for each resource, in the order of the steps. */
export function plannedChanges({ steps }: Preview): readonly PlannedChange[] {
  const byUrn = new Map<string, PreviewStep[]>();
  for (const step of steps) {
    const earlier = byUrn.get(step.urn);
    if (earlier) earlier.push(step);
    else byUrn.set(step.urn, [step]);
  }
  return [...byUrn.values()].flatMap((ofResource) => plannedChange(ofResource) ?? []);
}

function plannedChange(steps: readonly PreviewStep[]): PlannedChange | undefined {
  const [first] = steps;
  if (first === undefined) return undefined;
  const before = steps.find((step) => step.before)?.before;
  // With --refresh, a resource has two steps; the second begins where the first ends.
  const after = [...steps].reverse().find((step) => step.after)?.after;
  const removal = removalOf(steps);
  return {
    urn: first.urn,
    type: first.type,
    ...(before && { before }),
    ...(after && { after }),
    // A resource that the stack only reads stays where it is.
    ...(removal && before?.external !== true && { removal }),
  };
}

const REPLACING: ReadonlySet<Operation> = new Set([
  "replace",
  "create-replacement",
  "delete-replaced",
  "import-replacement",
]);

function removalOf(steps: readonly PreviewStep[]): Removal | undefined {
  const operations = steps.map(({ operation }) => operation);
  const isReplaced = operations.some((operation) => REPLACING.has(operation));
  if (!isReplaced && !operations.includes("delete")) return undefined;
  const [deleted, created] = [
    operations.indexOf("delete-replaced"),
    operations.indexOf("create-replacement"),
  ];
  return {
    // A deletion with another step is what an interrupted replacement left behind.
    type: isReplaced || steps.length > 1 ? "replacement" : "deletion",
    replacedBy: [...new Set(steps.flatMap(({ replacedBy }) => replacedBy))],
    deletedFirst: deleted >= 0 && created > deleted,
  };
}
