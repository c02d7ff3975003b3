import { type handleUnaryCall, type Metadata, status } from "@grpc/grpc-js";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { IResourceMonitorServer } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  ReadResourceResponse,
  type ReadResourceRequest,
  type RegisterPackageRequest,
  RegisterPackageResponse,
  type RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
  RegisterResourceResponse,
  type ResourceInvokeRequest,
  SupportsFeatureResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type Components, isOpaque, noComponents } from "../components/remoteComponents";
import { OfflineAnswers, STACK_REFERENCE_TYPE } from "../functions/offlineAnswers";
import { correctedInputs } from "../graph/madeUp";
import type { GraphNote, GraphResource, ResourceGraph } from "../graph/resourceGraph";
import { STACK_TYPE, urnOf } from "../graph/urn";
import { type ResourceRequest, withState } from "../provider/resourceProvider";
import {
  declaredResource,
  decodeProperties,
  encodeProperties,
  externalResource,
  providerUrn,
  withPackageVersion,
} from "../wire";
import { checkAssetPaths } from "./assetPaths";
import type { Deployment } from "./deployment";
import { Placeholders } from "./placeholders";
import { Callbacks } from "./transforms/callbacks";
import { InvokeTransforms } from "./transforms/invokeTransforms";
import { ResourceTransforms } from "./transforms/resourceTransforms";

/**
 * The features that the SDK may use. Without `resourceReferences`, the SDK flattens references to
 * ids, which rules and the graph need. Without `aliasSpecs`, it fails to read an existing resource
 * of a type that once had another name. The list includes features that are not supported:
 * otherwise the SDK would advise the user to update the Pulumi CLI.
 */
const FEATURES: ReadonlySet<string> = new Set([
  "secrets",
  "aliasSpecs",
  "deletedWith",
  "replaceWith",
  "errorHooks",
  // Without it, a component would get one unknown input instead of one with an unknown part.
  "outputValues",
  "resourceHooks",
  "transforms",
  "invokeTransforms",
  "parameterization",
]);

/** Receives the registrations of a program and stores them as a resource graph. */
export class ResourceMonitor {
  /** Error messages that the program's failed calls returned. */
  readonly callErrors: string[] = [];
  readonly #callbacks = new Callbacks();
  readonly #transforms = new ResourceTransforms(this.#callbacks);
  readonly #invokeTransforms = new InvokeTransforms(this.#callbacks);
  readonly #resources = new Map<string, GraphResource>();
  readonly #notes: GraphNote[] = [];
  readonly #deployment: Deployment;
  readonly #answers: OfflineAnswers;
  readonly #components: Components;
  readonly #placeholders: Placeholders;

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
    this.#answers = deployment.answers ?? OfflineAnswers.withoutFile();
    this.#components = deployment.components ?? noComponents;
    this.#placeholders = new Placeholders(deployment.placeholders ?? {});
    this.#notes.push(...this.#placeholders.notes());
  }

  graph(): ResourceGraph {
    const { project, stack } = this.#deployment;
    const resources = [...this.#resources.values()];
    const root = resources.find(({ type }) => type === STACK_TYPE);
    const notes = [...this.#notes, ...this.#answers.notes()];
    const { madeUp } = this.#answers;
    return {
      ...{ project, stack, resources, outputs: root?.outputs ?? {} },
      ...(notes.length > 0 && { notes }),
      ...(madeUp.length > 0 && { madeUp }),
    };
  }

  /** Records what the reader of the graph must know. */
  note(note: GraphNote): void {
    this.#notes.push(note);
  }

  /** Ends the calls of functions that the program has registered. */
  close(): void {
    this.#callbacks.close();
  }

  service(): IResourceMonitorServer {
    return {
      supportsFeature: this.#answer((request) =>
        new SupportsFeatureResponse().setHassupport(FEATURES.has(request.getId())),
      ),
      registerResource: this.#answer((request) => this.#register(request)),
      registerResourceOutputs: this.#answer((request) => this.#registerOutputs(request)),
      readResource: this.#answer((request) => this.#read(request)),
      signalAndWaitForShutdown: this.#answer(() => new Empty()),
      // Hooks run before, after or instead of an operation. Offline, nothing is deployed.
      registerErrorHook: this.#answer(() => new Empty()),
      registerResourceHook: this.#answer(() => new Empty()),
      registerStackTransform: this.#answer((transform) => {
        this.#transforms.addToStack(transform);
        return new Empty();
      }),
      registerStackInvokeTransform: this.#answer((transform) => {
        this.#invokeTransforms.add(transform);
        return new Empty();
      }),
      invoke: (call, callback) => {
        const unknowns = keepsUnknowns(call.metadata);
        const invoke = this.#answer((request: ResourceInvokeRequest) =>
          this.#invoke(request, unknowns),
        );
        invoke(call, callback);
      },
      call: this.#answer((request) => this.#components.call(request)),
      registerPackage: this.#answer(packageReference),
      // SDKs then ask for each feature, and have the rest in their environment.
      getDeploymentInfo: (_call, callback) => {
        callback({ code: status.UNIMPLEMENTED });
      },
    };
  }

  async #register(declaration: RegisterResourceRequest): Promise<RegisterResourceResponse> {
    const request = await this.#transforms.apply(declaration);
    if (request.getRemote()) return this.#construct(request);

    const declared = this.#add(
      this.#placeholders.hiddenIn(
        declaredResource(request, this.#urnOf(request), this.#projectDirectory),
      ),
    );
    this.#deployment.inputCheck?.add(declared, request.getVersion());
    checkAssetPaths(declared, this.#deployment.directory ?? process.cwd());
    this.#transforms.remember(declared.urn, request);
    const versioned = withPackageVersion(declared, request.getVersion());
    const resource = declared.custom ? await this.#create(versioned) : declared;
    this.#resources.set(resource.urn, resource);
    if (resource.custom) this.#deployment.created?.(resource);
    const response = new RegisterResourceResponse()
      .setUrn(resource.urn)
      .setObject(encodeProperties(resource.outputs));
    return resource.id === undefined ? response : response.setId(resource.id);
  }

  /** The plugin of the component registers it with its resources, in calls to this monitor. */
  async #construct(request: RegisterResourceRequest): Promise<RegisterResourceResponse> {
    const constructed = await this.#components.construct(request);
    if (!isOpaque(constructed)) return constructed;
    const component = this.#add(
      declaredResource(request, this.#urnOf(request), this.#projectDirectory),
    );
    this.note({
      kind: "not evaluated",
      subject: component.urn,
      message: constructed.notEvaluated,
    });
    // In a preview, outputs that the response leaves out are unknown to the program.
    return new RegisterResourceResponse().setUrn(component.urn);
  }

  async #create(declared: GraphResource): Promise<GraphResource> {
    const { provider, remediate } = this.#deployment;
    const checked = { ...declared, inputs: provider.check(this.#requestFor(declared)) };
    const resource = remediate
      ? {
          ...checked,
          inputs: await correctedInputs(checked.inputs, this.#answers.madeUp, (inputs) =>
            remediate({ ...checked, inputs }),
          ),
        }
      : checked;
    const request = this.#requestFor(resource);
    const imported = resource.options.import;
    const state =
      imported === undefined
        ? await provider.create(request)
        : await provider.read({ ...request, id: imported });
    return withState(resource, state);
  }

  async #read(request: ReadResourceRequest): Promise<ReadResourceResponse> {
    const found = this.#add(
      this.#placeholders.hiddenIn(
        externalResource(request, this.#urnOf(request), this.#projectDirectory),
      ),
    );
    const { id } = found;
    const lookup = this.#requestFor(found);
    // With an unknown id there is nothing to look up.
    const state =
      found.type === STACK_REFERENCE_TYPE
        ? { outputs: { ...found.inputs, ...this.#answers.stackReference(id) } }
        : id === undefined
          ? { outputs: {} }
          : await this.#deployment.provider.read({ ...lookup, id });
    const resource = withState(found, state);
    this.#resources.set(resource.urn, resource);
    return new ReadResourceResponse()
      .setUrn(resource.urn)
      .setProperties(encodeProperties(resource.outputs));
  }

  async #invoke(declared: ResourceInvokeRequest, unknowns: boolean): Promise<InvokeResponse> {
    const request = await this.#invokeTransforms.apply(declared);
    const provider = this.#resources.get(providerUrn(request.getProvider()));
    const args = decodeProperties(request.getArgs());
    const call = { token: request.getTok(), arguments: args, unknowns };
    const result = this.#answers.call({
      ...call,
      ...(provider && { providerInputs: provider.inputs }),
    });
    return new InvokeResponse().setReturn(encodeProperties(result));
  }

  #registerOutputs(request: RegisterResourceOutputsRequest): Empty {
    const resource = this.#resources.get(request.getUrn());
    if (resource === undefined) throw new Error(`There is no resource ${request.getUrn()}`);
    const outputs = decodeProperties(request.getOutputs());
    this.#resources.set(resource.urn, this.#placeholders.hiddenIn({ ...resource, outputs }));
    return new Empty();
  }

  #requestFor({ urn, type, name, inputs, options }: GraphResource): ResourceRequest {
    const provider = options.provider && this.#resources.get(options.provider);
    return {
      ...{ urn, type, name, inputs },
      ...(options.aliases && { aliases: options.aliases }),
      ...(options.import !== undefined && { id: options.import }),
      ...(provider && { providerInputs: provider.inputs }),
    };
  }

  get #projectDirectory(): string {
    return this.#deployment.projectDirectory ?? process.cwd();
  }

  #urnOf(request: RegisterResourceRequest | ReadResourceRequest): string {
    const { project, stack } = this.#deployment;
    const parent = request.getParent();
    const [type, name] = [request.getType(), request.getName()];
    return urnOf({ project, stack, type, name, ...(parent && { parent }) });
  }

  #add(resource: GraphResource): GraphResource {
    if (this.#resources.has(resource.urn)) {
      throw new Error(
        `Two resources have the name "${resource.name}" and the type ${resource.type}: ` +
          `${resource.urn} is already in use. Rename one of them.`,
      );
    }
    this.#resources.set(resource.urn, resource);
    return resource;
  }

  #answer<Request, Response>(
    handle: (request: Request) => Response | Promise<Response>,
  ): handleUnaryCall<Request, Response> {
    return (call, callback) => {
      Promise.resolve(call.request)
        .then(handle)
        .then(
          (response) => {
            callback(null, response);
          },
          (error: unknown) => {
            const details = error instanceof Error ? error.message : String(error);
            this.callErrors.push(details);
            callback({ code: status.FAILED_PRECONDITION, details });
          },
        );
    };
  }
}

/** The SDK refers to a parameterized package by what the engine returns for it. */
function packageReference(request: RegisterPackageRequest): RegisterPackageResponse {
  const { name, version } = request.getParameterization()?.toObject() ?? request.toObject();
  return new RegisterPackageResponse().setRef(`${name}@${version}`);
}

/** Whether a program can have unknown values in a result that is not an output: only SDKs for Node.js can. */
function keepsUnknowns(metadata: Metadata): boolean {
  const [agent] = metadata.get("user-agent");
  return agent === undefined || String(agent).includes("grpc-node");
}
