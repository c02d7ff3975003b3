import { isRecord } from "../graph/jsonRecord";
import type {
  GraphOptions,
  GraphResource,
  Properties,
  ResourceGraph,
} from "../graph/resourceGraph";
import { statePosition } from "../graph/sourcePosition";
import { STACK_TYPE, urnParts } from "../graph/urn";
import { readTextFile } from "../textFile";
import { decode, filled, providerUrn, SECRET, SIGNATURE, UNKNOWN_STRING } from "../wire";
import type { ExportedResource, exportedResources } from "./exportSchema";
import { isStackName } from "./stackName";

/**
 * The versions that Pulumi reads. 4 is 3 with features, such as outputs that keep their dependencies.
 * Source: `DeploymentSchemaVersionOldestSupported` and `DeploymentSchemaVersionLatest` of pulumi/pulumi.
 */
const VERSIONS = [1, 2, 3, 4];

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
  const { project, stack } = parts;
  // The name of a stack becomes part of paths, e.g. of the settings of a policy pack.
  if (!isStackName(stack))
    throw new Error(`${path} is not a stack export: it names no valid stack. ${HOW_TO_EXPORT}`);
  const root = resources.find(({ type }) => type === STACK_TYPE);
  return { project, stack, resources, outputs: root?.outputs ?? {} };
}

function resourcesOf(path: string): readonly ExportedResource[] {
  const content = readJson(path);
  const deployment = isRecord(content) ? content["deployment"] : undefined;
  if (!isRecord(content) || !isRecord(deployment))
    throw new Error(`${path} is not a stack export. ${HOW_TO_EXPORT}`);
  const version = VERSIONS.find((known) => known === content["version"]);
  if (version === undefined)
    throw new Error(
      `${path} has format version ${shownVersion(content["version"])}; only ${VERSIONS.join(", ")} are supported. ${HOW_TO_EXPORT}`,
    );
  // Loaded here: plans import this file, and few of them read an export.
  const { exportedResources: read } = module.require("./exportSchema") as Schema;
  const resources = read(deployment["resources"], version);
  if (typeof resources === "string")
    throw new Error(`${path} is not a stack export: ${resources}. ${HOW_TO_EXPORT}`);
  return resources;
}

interface Schema {
  readonly exportedResources: typeof exportedResources;
}

function shownVersion(version: unknown): string {
  return typeof version === "number" ? String(version) : typeof version;
}

const HOW_TO_EXPORT = "Create one with: pulumi stack export --stack NAME --file FILE";

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readTextFile(path);
  } catch (error) {
    const reason = `Cannot read the stack export: ${(error as Error).message}.`;
    throw new Error(`${reason} ${HOW_TO_EXPORT}`, { cause: error });
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

function isGone({ delete: isToDelete, pendingReplacement }: ExportedResource): boolean {
  return isToDelete === true || pendingReplacement === true;
}

/** The resource as the graph of its program would contain it. */
function exportedResource(exported: ExportedResource): GraphResource {
  const { urn, type, id, parent } = exported;
  const links = Object.entries(exported.propertyDependencies ?? {});
  const position = statePosition(exported.sourcePosition);
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
    ...(position && { position }),
  };
}

function exportedOptions(exported: ExportedResource): GraphOptions {
  return {
    ...(exported.protect && { protect: true }),
    ...(exported.retainOnDelete && { retainOnDelete: true }),
    ...filled("ignoreChanges", exported.ignoreChanges ?? []),
    ...filled("replaceOnChanges", exported.replaceOnChanges ?? []),
    ...filled("additionalSecretOutputs", exported.additionalSecretOutputs ?? []),
    ...filled("aliases", exported.aliases ?? []),
    ...(exported.deletedWith && { deletedWith: exported.deletedWith }),
    ...(exported.provider && { provider: providerUrn(exported.provider) }),
  };
}
