import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import type {
  ReadResourceRequest,
  RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ARCHIVE, ASSET, SIGNATURE } from "./graph/assets";
import {
  type GraphOptions,
  type GraphResource,
  mapValues,
  type Properties,
  type PropertyValue,
  Secret,
  Unknown,
} from "./graph/resourceGraph";
import { sentPosition } from "./graph/sourcePosition";
import { urnOf, urnParts } from "./graph/urn";

export { ARCHIVE, ASSET, SIGNATURE };

// Random constants with which Pulumi's protocol marks secrets and unknown values between program,
// engine and policy pack. Source: sdk/proto and runtime/rpc in @pulumi/pulumi.
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";
export const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** Marks an output in the inputs of a component: its value, if that is known, and what it depends on. */
export const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const INTEGER = "7eb310220ed6211bd6f147f2a75bfbb6";
const UNKNOWNS: ReadonlySet<unknown> = new Set([
  UNKNOWN_STRING,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

/** Marks an exported resource for the diff of a preview. It is not a property of the resource. */
const EXPORTED_RESOURCE = "@isPulumiResource";

export function decodeProperties(struct: Struct | undefined): Properties {
  return struct === undefined ? {} : mapValues(struct.toJavaScript(), decode);
}

export function encodeProperties(properties: Properties): Struct {
  return Struct.fromJavaScript(mapValues(properties, encode));
}

/**
 * Decodes a value of the protocol, or of a state file, which uses the same signatures. Assets and archives
 * keep the form of the protocol. What has an unfamiliar signature is unknown.
 * Source: `sdk/go/common/apitype/property-values.json` of pulumi/pulumi.
 */
export function decode(value: unknown): PropertyValue {
  if (UNKNOWNS.has(value)) return new Unknown();
  if (Array.isArray(value)) return value.map(decode);
  if (isRecord(value)) {
    if (value[SIGNATURE] !== undefined) return decodeMarked(value);
    const entries = Object.entries(value).filter(([key]) => key !== EXPORTED_RESOURCE);
    return mapValues(Object.fromEntries(entries), decode);
  }
  return value as PropertyValue;
}

function decodeMarked(value: Record<string, unknown>): PropertyValue {
  switch (value[SIGNATURE]) {
    case SECRET:
      return new Secret(decode(value["value"]));
    case OUTPUT:
      return decodeOutput(value);
    case RESOURCE:
      return decodeReference(value);
    case INTEGER:
      return Number(value["value"]);
    case ASSET:
    case ARCHIVE:
      return mapValues(value, decode);
    default:
      return new Unknown();
  }
}

/**
 * The id of a resource, or the URN of one without an id, as a program and a policy pack see the reference.
 * Some versions of Pulumi wrote the id as an object. Source: `DeserializePropertyValue` in
 * `pkg/resource/stack/deployment.go` and `MarshalPropertyValue` in `sdk/go/common/resource/plugin/rpc.go`.
 */
function decodeReference({ id, urn }: Record<string, unknown>): PropertyValue {
  const known = isRecord(id) ? id["V"] : id;
  if (known === undefined || known === null) return typeof urn === "string" ? urn : new Unknown();
  return typeof known === "string" && known !== "" ? decode(known) : new Unknown();
}

function decodeOutput(output: Record<string, unknown>): PropertyValue {
  const value = "value" in output ? decode(output["value"]) : new Unknown();
  return output["secret"] === true ? new Secret(value) : value;
}

function encode(value: PropertyValue): JavaScriptValue {
  if (value instanceof Unknown) return UNKNOWN_STRING;
  if (value instanceof Secret) return { [SIGNATURE]: SECRET, value: encode(value.reveal()) };
  if (Array.isArray(value)) return value.map(encode);
  return isRecord(value) ? mapValues(value as Properties, encode) : value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/**
 * A resource as the program declares it, before a provider completes it.
 *
 * @param directory of the project
 */
export function declaredResource(
  request: RegisterResourceRequest,
  urn: string,
  directory: string,
): GraphResource {
  const inputs = decodeProperties(request.getObject());
  const propertyDependencies = [...request.getPropertydependenciesMap().entries()]
    .map(([property, dependencies]) => [property, dependencies.getUrnsList()] as const)
    .filter(([, urns]) => urns.length > 0);
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    ...(request.getParent() && { parent: request.getParent() }),
    custom: request.getCustom(),
    external: false,
    dependencies: request.getDependenciesList(),
    propertyDependencies: Object.fromEntries(propertyDependencies),
    inputs,
    outputs: {},
    options: declaredOptions(request, urn),
    ...positionOf(request, directory),
  };
}

function positionOf(
  request: RegisterResourceRequest | ReadResourceRequest,
  directory: string,
): Pick<GraphResource, "position"> {
  const position = sentPosition(request.getSourceposition()?.toObject(), directory);
  return position === undefined ? {} : { position };
}

/**
 * A provider as Pulumi's engine keeps it, and as rules see it with each of its resources: with the version of the
 * package among its inputs. Other resources stay as they are.
 * Source: `SetProviderVersion` in `pkg/resource/deploy/providers/registry.go` of pulumi/pulumi.
 *
 * @param version of the package; empty if the SDK does not ask for one
 */
export function withPackageVersion(resource: GraphResource, version: string): GraphResource {
  const isProvider = resource.type.startsWith("pulumi:providers:");
  return isProvider && version !== ""
    ? { ...resource, inputs: { ...resource.inputs, version } }
    : resource;
}

/**
 * A resource that the program only looks up.
 *
 * @param directory of the project
 */
export function externalResource(
  request: ReadResourceRequest,
  urn: string,
  directory: string,
): GraphResource {
  const id = decode(request.getId());
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    ...(request.getParent() && { parent: request.getParent() }),
    custom: true,
    external: true,
    ...(typeof id === "string" && { id }),
    dependencies: request.getDependenciesList(),
    propertyDependencies: {},
    inputs: decodeProperties(request.getProperties()),
    outputs: {},
    options: {
      ...filled("additionalSecretOutputs", request.getAdditionalsecretoutputsList()),
      ...(request.getProvider() && { provider: providerUrn(request.getProvider()) }),
    },
    ...positionOf(request, directory),
  };
}

function declaredOptions(request: RegisterResourceRequest, urn: string): GraphOptions {
  return {
    ...(request.getProtect() && { protect: true }),
    ...(request.getRetainondelete() && { retainOnDelete: true }),
    ...(request.getDeletebeforereplace() && { deleteBeforeReplace: true }),
    ...filled("ignoreChanges", request.getIgnorechangesList()),
    ...filled("replaceOnChanges", request.getReplaceonchangesList()),
    ...filled("additionalSecretOutputs", request.getAdditionalsecretoutputsList()),
    ...filled("aliases", aliasUrns(request, urn)),
    ...(request.getProvider() && { provider: providerUrn(request.getProvider()) }),
    ...(request.getImportid() && { import: request.getImportid() }),
    ...(request.getDeletedwith() && { deletedWith: request.getDeletedwith() }),
    ...filled("hooks", hookNames(request.getHooks())),
    ...filled("errorHooks", request.getHooks()?.getOnErrorList() ?? []),
  };
}

/** The hooks of all operations, each once. */
function hookNames(hooks: RegisterResourceRequest.ResourceHooksBinding | undefined): string[] {
  if (hooks === undefined) return [];
  const bound = [
    ...hooks.getBeforeCreateList(),
    ...hooks.getAfterCreateList(),
    ...hooks.getBeforeUpdateList(),
    ...hooks.getAfterUpdateList(),
    ...hooks.getBeforeDeleteList(),
    ...hooks.getAfterDeleteList(),
  ];
  return [...new Set(bound)];
}

/** An option with this list. No option for an empty list, since defaults are left out. */
export function filled(key: keyof GraphOptions, list: readonly string[]): GraphOptions {
  return list.length > 0 ? { [key]: list } : {};
}

/** The URN in a provider reference, which has the form `<urn>::<id>`. */
export function providerUrn(reference: string): string {
  return reference.slice(0, reference.lastIndexOf("::"));
}

/**
 * The URNs that a resource had under its former names, types and parents. The current value applies
 * to what an alias leaves out.
 */
function aliasUrns(request: RegisterResourceRequest, urn: string): string[] {
  return request.getAliasesList().map((alias) => alias.getUrn() || urnOfSpec(alias, request, urn));
}

function urnOfSpec(alias: Alias, request: RegisterResourceRequest, urn: string): string {
  const spec = alias.getSpec();
  const { project = "", stack = "" } = urnParts(urn) ?? {};
  const parent = spec?.getNoparent() ? "" : spec?.getParenturn() || request.getParent();
  return urnOf({
    project: spec?.getProject() || project,
    stack: spec?.getStack() || stack,
    type: spec?.getType() || request.getType(),
    name: spec?.getName() || request.getName(),
    ...(parent && { parent }),
  });
}
