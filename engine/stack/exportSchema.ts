import * as z from "zod";

const properties = z.record(z.string(), z.unknown());
const urns = z.array(z.string());

/**
 * A resource as a deployment contains it. Go writes an empty list as null or leaves it out. Older
 * versions of the format lack some properties.
 * Source: `ResourceV1` to `ResourceV3` in `sdk/go/common/apitype/core.go` of pulumi/pulumi.
 */
const exportedResource = z.looseObject({
  urn: z.string().min(1),
  type: z.string().min(1),
  custom: z.boolean().nullish(),
  /** Only looked up, not managed by the stack. */
  external: z.boolean().nullish(),
  /** Replaced, but not deleted yet. */
  delete: z.boolean().nullish(),
  /** Deleted, but not replaced yet. */
  pendingReplacement: z.boolean().nullish(),
  id: z.string().nullish(),
  parent: z.string().nullish(),
  inputs: properties.nullish(),
  outputs: properties.nullish(),
  dependencies: urns.nullish(),
  propertyDependencies: z.record(z.string(), urns.nullish()).nullish(),
  protect: z.boolean().nullish(),
  retainOnDelete: z.boolean().nullish(),
  deletedWith: z.string().nullish(),
  ignoreChanges: z.array(z.string()).nullish(),
  replaceOnChanges: z.array(z.string()).nullish(),
  additionalSecretOutputs: z.array(z.string()).nullish(),
  aliases: urns.nullish(),
  provider: z.string().nullish(),
  /** Where the program declares it. */
  sourcePosition: z.string().nullish(),
});

export type ExportedResource = z.infer<typeof exportedResource>;

/**
 * The resources of a deployment, in any version of its format. Version 2 added `external` and `provider`;
 * `defaults` of version 1 are not used. Before version 3, every dependency of a resource counts for each
 * of its inputs. Source: `sdk/go/common/apitype/migrate/resource.go` of pulumi/pulumi.
 *
 * @returns what is wrong, without any content of the file, if the entries are not resources
 */
export function exportedResources(
  entries: unknown,
  version: number,
): readonly ExportedResource[] | string {
  if (entries === undefined || entries === null) return [];
  if (!Array.isArray(entries)) return "its resources are not a list";
  const resources: ExportedResource[] = [];
  for (const [index, entry] of entries.entries()) {
    const { data, error } = exportedResource.safeParse(entry);
    // Deeper parts of the path are names that the file chooses.
    const [property] = error?.issues[0]?.path ?? [];
    if (data === undefined)
      return `entry ${index + 1} is not a resource${property === undefined ? "" : `: ${String(property)} is invalid`}`;
    resources.push(migrated(data, version));
  }
  return resources;
}

function migrated(resource: ExportedResource, version: number): ExportedResource {
  if (version >= 3) return resource;
  const { inputs, dependencies } = resource;
  const names = Object.keys(inputs ?? {});
  return {
    ...resource,
    propertyDependencies: Object.fromEntries(names.map((name) => [name, dependencies])),
    ...(version === 1 && { external: false, provider: undefined }),
  };
}
