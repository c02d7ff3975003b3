import {
  AnalyzeRequest,
  AnalyzerPropertyDependencies,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  PolicyConfig,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import {
  type GraphResource,
  isGroup,
  mapValues,
  type Properties,
  type PropertyValue,
  type ResourceGraph,
  Secret,
  Unknown,
} from "../graph/resourceGraph";
import { ARCHIVE, ASSET, encodeProperties, SIGNATURE } from "../wire";
import type { PolicySetting } from "./policyConfig";
import { encodeLevel } from "./policyFacts";

/** Finds a resource by its URN. */
export type Lookup = (urn: string) => GraphResource | undefined;

/** The request to evaluate one resource. The rules see its inputs. */
export function analyzeRequest(resource: GraphResource, find: Lookup): AnalyzeRequest {
  return remediateRequest(resource, find).setProperties(
    encodeProperties(visibleProperties(resource.inputs)),
  );
}

/** The request to correct the inputs of one resource, which includes those of the SDK. */
export function remediateRequest(resource: GraphResource, find: Lookup): AnalyzeRequest {
  return new AnalyzeRequest()
    .setUrn(resource.urn)
    .setType(resource.type)
    .setName(resource.name)
    .setProperties(encodeProperties(mapValues(resource.inputs, readable)))
    .setOptions(resourceOptions(resource))
    .setProvider(providerOf(resource, find));
}

/** The request to evaluate the whole stack. The rules see the outputs of its resources. */
export function analyzeStackRequest(graph: ResourceGraph, find: Lookup): AnalyzeStackRequest {
  const resources = graph.resources.map((resource) => {
    const message = new AnalyzerResource()
      .setUrn(resource.urn)
      .setType(resource.type)
      .setName(resource.name)
      .setProperties(encodeProperties(visibleProperties(resource.outputs)))
      .setOptions(resourceOptions(resource))
      .setProvider(providerOf(resource, find))
      .setParent(resource.parent ?? "")
      .setDependenciesList([...resource.dependencies]);
    const dependencies = message.getPropertydependenciesMap();
    for (const [property, urns] of Object.entries(resource.propertyDependencies))
      dependencies.set(property, new AnalyzerPropertyDependencies().setUrnsList([...urns]));
    return message;
  });
  return new AnalyzeStackRequest().setResourcesList(resources);
}

/**
 * Without the properties that SDKs and providers add for their own purposes, which Pulumi keeps from rules.
 * Source: `SkipInternalKeys` in `sdk/go/common/resource/plugin/analyzer_plugin.go` of pulumi/pulumi.
 */
function visibleProperties(properties: Properties): Properties {
  const visible = Object.entries(properties).filter(([name]) => !name.startsWith("__"));
  return mapValues(Object.fromEntries(visible), (value) => visibleValue(readable(value)));
}

function visibleValue(value: PropertyValue): PropertyValue {
  if (value instanceof Secret) return new Secret(visibleValue(value.reveal()));
  if (Array.isArray(value)) return value.map(visibleValue);
  return isGroup(value) ? visibleProperties(value) : value;
}

/** The value, with assets that `@pulumi/policy` cannot read as unknown values: a state file has their hash only. */
function readable(value: PropertyValue): PropertyValue {
  if (value instanceof Secret) return new Secret(readable(value.reveal()));
  if (Array.isArray(value)) return value.map(readable);
  if (!isGroup(value)) return value;
  if (SIGNATURE in value) return isReadableAsset(value) ? value : new Unknown();
  return mapValues(value, readable);
}

function isReadableAsset(value: PropertyValue): boolean {
  if (!isGroup(value)) return false;
  const { [SIGNATURE]: signature, assets } = value;
  const hasContent = (name: string): boolean =>
    typeof value[name] === "string" && value[name] !== "";
  if (signature === ASSET) return ["path", "text", "uri"].some(hasContent);
  if (signature !== ARCHIVE) return false;
  if (isGroup(assets ?? null)) return Object.values(assets as Properties).every(isReadableAsset);
  return ["path", "uri"].some(hasContent);
}

function resourceOptions({ options, parent }: GraphResource): AnalyzerResourceOptions {
  return new AnalyzerResourceOptions()
    .setProtect(options.protect ?? false)
    .setDeletebeforereplace(options.deleteBeforeReplace ?? false)
    .setDeletebeforereplacedefined(options.deleteBeforeReplace !== undefined)
    .setIgnorechangesList([...(options.ignoreChanges ?? [])])
    .setAdditionalsecretoutputsList([...(options.additionalSecretOutputs ?? [])])
    .setAliasesList([...(options.aliases ?? [])])
    .setParent(parent ?? "");
}

function providerOf(
  { options }: GraphResource,
  find: Lookup,
): AnalyzerProviderResource | undefined {
  const provider = options.provider === undefined ? undefined : find(options.provider);
  if (provider === undefined) return undefined;
  return new AnalyzerProviderResource()
    .setUrn(provider.urn)
    .setType(provider.type)
    .setName(provider.name)
    .setProperties(encodeProperties(visibleProperties(provider.inputs)));
}

/** The request to run the pack with these settings, by rule name. */
export function configureRequest(
  settings: ReadonlyMap<string, PolicySetting>,
): ConfigureAnalyzerRequest {
  const request = new ConfigureAnalyzerRequest();
  for (const [policy, { level, properties }] of settings) {
    const config = new PolicyConfig()
      .setEnforcementlevel(encodeLevel(level))
      .setProperties(Struct.fromJavaScript(properties as Record<string, JavaScriptValue>));
    request.getPolicyconfigMap().set(policy, config);
  }
  return request;
}
