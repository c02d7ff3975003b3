import * as z from "zod";
import {
  type GraphResource,
  isGroup,
  mapValues,
  type Properties,
  type PropertyValue,
  type ResourceGraph,
  Secret,
  Unknown,
} from "../../../engine/graph/resourceGraph";
import { urnParts } from "../../../engine/graph/urn";
import { noPolicies, type PolicyReport } from "../../../engine/policy/policyReport";
import type { ResourceProvider } from "../../../engine/provider/resourceProvider";
import type { AccessVerdict } from "../access/accessVerdict";
import type { PlanWithAccess } from "../access/planWithAccess";

const properties = z.record(z.string(), z.unknown());
const findings = z.array(z.looseObject({ policy: z.string(), urn: z.string() }));

/** What `streamlake plan --json` prints, as far as a comparison needs it. */
const savedPlan = z.looseObject({
  stack: z.string(),
  resources: z
    .array(
      z.looseObject({
        urn: z.string(),
        type: z.string(),
        name: z.string(),
        parent: z.string().nullable(),
        custom: z.boolean(),
        external: z.boolean(),
        dependencies: z.array(z.string()),
        propertyDependencies: z.record(z.string(), z.array(z.string())),
        inputs: properties,
        options: properties,
      }),
    )
    .min(1),
  settings: z.array(z.looseObject({ component: z.string(), effectiveSettings: z.unknown() })),
  violations: findings,
  undecided: findings,
  baseline: z.looseObject({ violations: findings, undecided: findings }).optional(),
  access: z.array(z.looseObject({ deliveryStream: z.string() })),
});

type SavedPlan = z.infer<typeof savedPlan>;

/** Whether a document can be a plan at all. */
export function looksLikePlan(document: unknown): boolean {
  return z.looseObject({ stack: z.string(), resources: z.array(z.unknown()) }).safeParse(document)
    .success;
}

/**
 * Reads what `streamlake plan --json` printed. Secrets cannot be read, and ids and ARNs are made up again.
 *
 * @param provider makes up what the document does not contain
 * @throws Error with what is wrong with the document, which quotes nothing from it
 */
export async function readSavedPlan(
  document: unknown,
  name: string,
  provider: ResourceProvider,
  region: string,
): Promise<PlanWithAccess> {
  const { data, error } = savedPlan.safeParse(document);
  if (data === undefined) {
    const place = error.issues[0]?.path.join(".") ?? "";
    throw new Error(
      `${name} cannot be read: ${place} has an unknown form. Create the file with this version: streamlake plan --json > FILE`,
    );
  }
  const resources = await Promise.all(data.resources.map((one) => resourceOf(one, data, provider)));
  const project = urnParts(resources[0]?.urn ?? "")?.project ?? "";
  const graph: ResourceGraph = { project, stack: data.stack, resources, outputs: {} };
  const { baseline = { violations: [], undecided: [] } } = data;
  const report = {
    ...noPolicies,
    violations: [...data.violations, ...baseline.violations],
    undecided: [...data.undecided, ...baseline.undecided],
  } as unknown as PolicyReport;
  return { graph, report, region, access: data.access as unknown as readonly AccessVerdict[] };
}

async function resourceOf(
  saved: SavedPlan["resources"][number],
  { settings }: SavedPlan,
  provider: ResourceProvider,
): Promise<GraphResource> {
  const { urn, type, name, parent, custom, external } = saved;
  const inputs = shown(saved.inputs) as Properties;
  const own = settings.find(({ component }) => component === urn);
  const state =
    custom && !external ? await provider.create({ urn, type, name, inputs }) : { outputs: {} };
  return {
    ...{ urn, type, name, custom, external, inputs },
    ...(parent !== null && { parent }),
    dependencies: saved.dependencies,
    propertyDependencies: saved.propertyDependencies,
    options: saved.options,
    ...state,
    ...(own && { outputs: { effectiveSettings: shown(own.effectiveSettings) } }),
  };
}

/** A value of the document, in which marks replace what is hidden. */
function shown(value: unknown): PropertyValue {
  const known = value as PropertyValue;
  if (typeof known === "string") {
    if (known === "[unknown]") return new Unknown();
    return known.includes("[secret]") ? new Secret(new Unknown()) : known;
  }
  if (Array.isArray(known)) return known.map(shown);
  return isGroup(known) ? mapValues(known, shown) : known;
}
