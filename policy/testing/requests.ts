import { toWire } from "./markers";
import type { WireProperties } from "./markers";
import { urnOf } from "./testResource";
import type { TestResource } from "./testResource";

// Requests with only the methods that the SDK's handlers call, without protocol buffers.

export type ResourceRequest = ReturnType<typeof resourceRequest>;
export type StackRequest = ReturnType<typeof stackRequest>;

/** The request to evaluate one resource. */
export function resourceRequest(resource: TestResource, inPreview: boolean) {
  const { providerInputs, parent = "", dependencies = [], propertyDependencies = {} } = resource;
  const { protect = false } = resource;
  return {
    ...identity(resource.type, resource.name, urnOf(resource), resource.props, inPreview),
    getOptions: () => optionsOf(parent, protect),
    getProvider: () => providerInputs && providerOf(providerInputs, inPreview),
    getParent: () => parent,
    getDependenciesList: () => [...dependencies],
    getPropertydependenciesMap: () =>
      new Map(
        Object.entries(propertyDependencies).map(([property, urns]) => [
          property,
          { getUrnsList: () => [...urns] },
        ]),
      ),
  };
}

/** The request to evaluate a whole stack. */
export function stackRequest(resources: readonly TestResource[], inPreview: boolean) {
  const requests = resources.map((resource) => resourceRequest(resource, inPreview));
  return { getResourcesList: () => requests };
}

function identity(
  type: string,
  name: string,
  urn: string,
  props: WireProperties,
  inPreview: boolean,
) {
  return {
    getType: () => type,
    getName: () => name,
    getUrn: () => urn,
    // A new copy for each call, as from the wire: a remediation modifies it.
    getProperties: () => ({ toJavaScript: () => toWire(props, inPreview) }),
  };
}

function providerOf(props: WireProperties, inPreview: boolean) {
  const [type, name] = ["pulumi:providers:aws", "provider"];
  return identity(type, name, urnOf({ type, name }), props, inPreview);
}

function optionsOf(parent: string, protect: boolean) {
  return {
    getProtect: () => protect,
    getIgnorechangesList: () => [],
    getAliasesList: () => [],
    getAdditionalsecretoutputsList: () => [],
    getCustomtimeouts: () => undefined,
    getDeletebeforereplacedefined: () => false,
    getDeletebeforereplace: () => false,
    getParent: () => parent,
  };
}
