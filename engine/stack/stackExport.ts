import { readFileSync } from "node:fs";
import type {
  GraphOptions,
  GraphResource,
  Properties,
  ResourceGraph,
} from "../graph/resourceGraph";
import { STACK_TYPE, urnParts } from "../graph/urn";
import { decode, filled, providerUrn, SECRET, SIGNATURE, UNKNOWN_STRING } from "../wire";

/** 4 is 3 with features that concern deployments, such as hooks. */
const VERSIONS: readonly unknown[] = [3, 4];

/**
 * Reads a file that `pulumi stack export` wrote: what is deployed since the last update. Resources
 * that are pending deletion are left out, and so are deleted ones that are pending replacement. The
 * value of an encrypted secret is unknown.
 *
 * @throws Error with what is wrong with the file, which quotes nothing from it
 */
export function readStackExport(path: string): ResourceGraph {
  const resources = resourcesOf(path)
    .filter((resource) => !isGone(resource))
    .map(exportedResource);
  const parts = resources[0] && urnParts(resources[0].urn);
  if (parts === undefined)
    throw new Error(`${path} contains no resources: nothing is deployed that could be audited.`);
  const root = resources.find(({ type }) => type === STACK_TYPE);
  const { project, stack } = parts;
  return { project, stack, resources, outputs: root?.outputs ?? {} };
}

function resourcesOf(path: string): ExportedResource[] {
  const content = readJson(path);
  const deployment = isRecord(content) ? content["deployment"] : undefined;
  if (!isRecord(content) || !isRecord(deployment))
    throw new Error(`${path} is not a stack export. ${HOW_TO_EXPORT}`);
  if (!VERSIONS.includes(content["version"]))
    throw new Error(
      `${path} has format version ${JSON.stringify(content["version"])}; only 3 and 4 are supported. ${HOW_TO_EXPORT}`,
    );
  const resources: unknown = deployment["resources"] ?? [];
  if (!Array.isArray(resources) || !resources.every(isResource))
    throw new Error(
      `${path} is not a stack export: its entries are not resources. ${HOW_TO_EXPORT}`,
    );
  return resources;
}

const HOW_TO_EXPORT = "Create one with: pulumi stack export --stack NAME --file FILE";

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(`Cannot read the stack export: ${(error as Error).message}`, { cause: error });
  }
  try {
    return parseWithSecrets(text);
  } catch {
    // The message of JSON.parse quotes the file, which can contain secrets.
    throw new Error(`${path} is not JSON. ${HOW_TO_EXPORT}`);
  }
}

/** Parses JSON and converts secrets from the form of a state file to that of Pulumi's protocol. */
function parseWithSecrets(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown): unknown => {
    if (!isRecord(value) || value[SIGNATURE] !== SECRET) return value;
    const plaintext = value["plaintext"];
    return {
      [SIGNATURE]: SECRET,
      value: typeof plaintext === "string" ? parseWithSecrets(plaintext) : UNKNOWN_STRING,
    };
  });
}

function isResource(entry: unknown): entry is ExportedResource {
  return isRecord(entry) && typeof entry["urn"] === "string" && typeof entry["type"] === "string";
}

function isGone({ delete: isToDelete, pendingReplacement }: ExportedResource): boolean {
  return isToDelete === true || pendingReplacement === true;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A resource as a state file contains it, without the properties that are not set. */
interface ExportedResource {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly external?: boolean;
  /** Replaced, but not deleted yet. */
  readonly delete?: boolean;
  /** Deleted, but not replaced yet. */
  readonly pendingReplacement?: boolean;
  readonly id?: string;
  readonly parent?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly additionalSecretOutputs?: readonly string[];
  readonly aliases?: readonly string[];
  readonly provider?: string;
}

/** The resource as the graph of its program would contain it. */
function exportedResource(exported: ExportedResource): GraphResource {
  const { urn, type, id, parent } = exported;
  const links = Object.entries(exported.propertyDependencies ?? {});
  return {
    urn,
    type,
    name: urnParts(urn)?.name ?? urn,
    ...(parent && { parent }),
    custom: exported.custom === true,
    external: exported.external === true,
    ...(id && { id }),
    dependencies: exported.dependencies ?? [],
    propertyDependencies: Object.fromEntries(
      links.flatMap(([property, urns]) => (urns?.length ? [[property, urns]] : [])),
    ),
    inputs: decode(exported.inputs ?? {}) as Properties,
    outputs: decode(exported.outputs ?? {}) as Properties,
    options: exportedOptions(exported),
  };
}

function exportedOptions(exported: ExportedResource): GraphOptions {
  return {
    ...(exported.protect && { protect: true }),
    ...(exported.retainOnDelete && { retainOnDelete: true }),
    ...filled("ignoreChanges", exported.ignoreChanges ?? []),
    ...filled("additionalSecretOutputs", exported.additionalSecretOutputs ?? []),
    ...filled("aliases", exported.aliases ?? []),
    ...(exported.provider && { provider: providerUrn(exported.provider) }),
  };
}
