import { type GraphResource, mapValues, type Properties, Secret } from "../graph/resourceGraph";

/** One resource that the program registers, as a provider gets it. */
export interface ResourceRequest {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties;
  /** The URNs that the resource had before. Default: none. */
  readonly aliases?: readonly string[];
  /** The id of an existing resource that the program imports or looks up. */
  readonly id?: string;
  /** Inputs of the explicit provider that the program sets for the resource, if any. */
  readonly providerInputs?: Properties;
}

/** What a provider knows about a resource. An output that is left out is unknown. */
export interface ResourceState {
  /** Absent while it is unknown. */
  readonly id?: string;
  readonly outputs: Properties;
}

/**
 * Replaces AWS while a program runs offline. As in the engine's protocol, `check` completes the
 * inputs (physical names), `create` returns id and outputs, and `read` serves `.get(...)`.
 */
export interface ResourceProvider {
  check(request: ResourceRequest): Properties;
  create(request: ResourceRequest): Promise<ResourceState>;
  read(request: ResourceRequest & { readonly id: string }): Promise<ResourceState>;
}

/** A resource with its state; outputs are secret as the program declares them, or as their inputs are. */
export function withState(resource: GraphResource, { id, outputs }: ResourceState): GraphResource {
  const secret = new Set(resource.options.additionalSecretOutputs);
  for (const [key, value] of Object.entries(resource.inputs))
    if (value instanceof Secret) secret.add(key);
  return {
    ...resource,
    ...(id !== undefined && { id }),
    outputs: mapValues(outputs, (value, name) =>
      secret.has(name) && !(value instanceof Secret) ? new Secret(value) : value,
    ),
  };
}
