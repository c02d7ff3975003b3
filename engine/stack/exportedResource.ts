import type { GraphOptions, GraphResource, Properties } from "../graph/resourceGraph";
import { urnParts } from "../graph/urn";
import { decode, filled, providerUrn } from "../wire";

/** A resource as a state file has it; what is not set is left out there. */
export interface ExportedResource {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly external?: boolean;
  /** Replaced, and not deleted yet. */
  readonly delete?: boolean;
  /** Deleted, and not replaced yet. */
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

/** The resource as it would be in the graph of its program. */
export function exportedResource(exported: ExportedResource): GraphResource {
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
