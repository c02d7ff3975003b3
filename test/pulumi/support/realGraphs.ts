import { join } from "node:path";
import {
  isGroup,
  mapValues,
  type PropertyValue,
  type ResourceGraph,
  Secret,
} from "../../../engine/graph/resourceGraph";
import { readStackExport } from "../../../engine/stack/stackExport";
import type { PulumiProject } from "./pulumiProject";

/** What `pulumi preview` plans for a stack that was never deployed. */
export async function previewed(project: PulumiProject, stack: string): Promise<ResourceGraph> {
  const words = ["preview", "--json", "--stack", stack];
  const { steps } = JSON.parse(await project.succeed(...words)) as {
    readonly steps: readonly { readonly newState: object }[];
  };
  // The steps contain resources in the form of an export.
  const resources = steps.map(({ newState }) => newState);
  project.write("preview.json", JSON.stringify({ version: 3, deployment: { resources } }));
  return readStackExport(join(project.directory, "preview.json"));
}

/**
 * Deploys a stack, and reads its state.
 *
 * @param options of `pulumi up`
 */
export async function deployed(
  project: PulumiProject,
  stack: string,
  options: readonly string[] = [],
): Promise<ResourceGraph> {
  await project.succeed("up", "--yes", "--skip-preview", "--stack", stack, ...options);
  const file = ["--file", "state.json"];
  await project.succeed("stack", "export", "--show-secrets", "--stack", stack, ...file);
  return readStackExport(join(project.directory, "state.json"));
}

/**
 * What a preview contains of a graph: the outputs of new resources only as inputs of others, and no secret.
 */
export function inPreview(graph: ResourceGraph): ResourceGraph {
  const resources = graph.resources.map((resource) => ({
    ...resource,
    inputs: mapValues(resource.inputs, withoutSecrets),
    outputs: {},
  }));
  return { ...graph, resources };
}

function withoutSecrets(value: PropertyValue): PropertyValue {
  if (value instanceof Secret) return "[secret]";
  if (Array.isArray(value)) return value.map(withoutSecrets);
  return isGroup(value) ? mapValues(value, withoutSecrets) : value;
}
