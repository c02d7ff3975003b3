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
import type { GraphResource, ResourceGraph } from "../graph/resourceGraph";
import { encodeProperties } from "../wire";
import type { PolicySetting } from "./policyConfig";
import { encodeLevel } from "./policyFacts";

/** Finds a resource by its URN. */
export type Lookup = (urn: string) => GraphResource | undefined;

/** The request to evaluate one resource. The rules see its inputs. */
export function analyzeRequest(resource: GraphResource, find: Lookup): AnalyzeRequest {
  return new AnalyzeRequest()
    .setUrn(resource.urn)
    .setType(resource.type)
    .setName(resource.name)
    .setProperties(encodeProperties(resource.inputs))
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
      .setProperties(encodeProperties(resource.outputs))
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
    .setProperties(encodeProperties(provider.inputs));
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
