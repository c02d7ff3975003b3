import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import {
  RegisterResourceRequest,
  TransformRequest,
  TransformResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Callbacks } from "./callbacks";
import { type PropertyDependencies, withoutOutputValues, withOutputValues } from "./outputValues";
import { applyOptions, transformOptions } from "./transformOptions";

/**
 * The functions with which a program changes its resources before they are registered. They run in the
 * engine's order: those of the resource, then those of its parents from the nearest one, then those of
 * the stack.
 */
export class ResourceTransforms {
  readonly #callbacks: Callbacks;
  readonly #ofStack: Callback[] = [];
  readonly #ofResource = new Map<string, readonly Callback[]>();
  readonly #parents = new Map<string, string>();
  /** Of components that a plugin is constructing. */
  readonly #ofRemote = new Map<string, readonly Callback[]>();

  constructor(callbacks: Callbacks) {
    this.#callbacks = callbacks;
  }

  /** Adds a transform of all resources that are registered from now on. */
  addToStack(transform: Callback): void {
    this.#ofStack.push(transform);
  }

  /** Remembers a registered resource, whose transforms also change its children. */
  remember(urn: string, request: RegisterResourceRequest): void {
    this.#parents.set(urn, request.getParent());
    this.#ofResource.set(urn, request.getTransformsList());
  }

  /**
   * Runs all transforms of a resource.
   *
   * @returns the registration with the properties and options that the transforms left
   */
  async apply(request: RegisterResourceRequest): Promise<RegisterResourceRequest> {
    const own = this.#own(request);
    const transforms = [...own, ...this.#ofParents(request.getParent()), ...this.#ofStack];
    if (transforms.length === 0) return request;
    const result = RegisterResourceRequest.deserializeBinary(request.serializeBinary());
    result.setTransformsList([...own]);
    for (const transform of transforms) await this.#run(transform, result);
    return result;
  }

  /**
   * The transforms of the resource itself. A component of a package is registered twice: by the program,
   * which has its transforms, and then by the plugin that constructs it, which has not.
   */
  #own(request: RegisterResourceRequest): readonly Callback[] {
    const key = JSON.stringify([request.getParent(), request.getType(), request.getName()]);
    const ofProgram = this.#ofRemote.get(key);
    if (ofProgram !== undefined && !request.getRemote()) {
      this.#ofRemote.delete(key);
      return ofProgram;
    }
    const own = request.getTransformsList();
    if (request.getRemote() && own.length > 0) this.#ofRemote.set(key, own);
    return own;
  }

  *#ofParents(nearest: string): Generator<Callback> {
    for (let urn: string | undefined = nearest; urn; urn = this.#parents.get(urn))
      yield* this.#ofResource.get(urn) ?? [];
  }

  /** Runs one transform and changes the registration as it says. */
  async #run(transform: Callback, resource: RegisterResourceRequest): Promise<void> {
    const dependencies = propertyDependencies(resource);
    const properties = resource.getObject() ?? new Struct();
    const request = new TransformRequest()
      .setType(resource.getType())
      .setName(resource.getName())
      .setCustom(resource.getCustom())
      .setParent(resource.getParent())
      .setProperties(withOutputValues(properties, dependencies))
      .setOptions(transformOptions(resource));
    const answer = await this.#callbacks.call(transform, request.serializeBinary());
    const response = TransformResponse.deserializeBinary(answer);
    const options = response.getOptions();
    if (options !== undefined) applyOptions(resource, options);
    if (!response.hasProperties()) return;
    const before = { properties, dependencies };
    const changed = withoutOutputValues(response.getProperties(), before);
    resource.setObject(changed.properties);
    setPropertyDependencies(resource, changed.dependencies);
  }
}

function propertyDependencies(request: RegisterResourceRequest): PropertyDependencies {
  const entries = [...request.getPropertydependenciesMap().entries()];
  return Object.fromEntries(entries.map(([property, urns]) => [property, urns.getUrnsList()]));
}

/** A property that was derived from a resource makes the whole resource wait for it. */
function setPropertyDependencies(
  request: RegisterResourceRequest,
  dependencies: PropertyDependencies,
): void {
  const map = request.getPropertydependenciesMap();
  map.clear();
  const all = new Set(request.getDependenciesList());
  for (const [property, urns] of Object.entries(dependencies)) {
    map.set(property, new RegisterResourceRequest.PropertyDependencies().setUrnsList([...urns]));
    for (const urn of urns) all.add(urn);
  }
  request.setDependenciesList([...all]);
}
