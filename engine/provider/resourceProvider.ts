import type { Properties } from "../graph/resourceGraph";

/** One resource of the program on its way to a provider. */
export interface ResourceRequest {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties;
  /** Inputs of the provider that the program names for the resource; absent if it names none. */
  readonly providerInputs?: Properties;
}

/** What a provider knows of a resource. An output left out is unknown to a preview. */
export interface ResourceState {
  /** Absent while only the deployment can tell it. */
  readonly id?: string;
  readonly outputs: Properties;
}

/**
 * Answers for AWS while a program runs offline, in the order of the engine's protocol: `check`
 * completes the inputs (physical names), `create` gives id and outputs, `read` serves `.get(...)`.
 */
export interface ResourceProvider {
  check(request: ResourceRequest): Properties;
  create(request: ResourceRequest): Promise<ResourceState>;
  read(request: ResourceRequest & { readonly id: string }): Promise<ResourceState>;
}
