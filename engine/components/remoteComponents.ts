import { CallResponse } from "@pulumi/pulumi/proto/provider_pb";
import type {
  RegisterResourceRequest,
  RegisterResourceResponse,
  ResourceCallRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { Unknown } from "../graph/resourceGraph";
import type { StackSettings } from "../stack/stackFile";
import { encodeProperties } from "../wire";
import { ComponentHost } from "./componentHost";
import { type ComponentPackage, findComponentPackage, packageOfType } from "./componentPackage";
import { callRequest, constructedResponse, constructRequest } from "./constructRequest";

/** A component that nothing on this machine can construct, and why. */
export interface OpaqueComponent {
  readonly notEvaluated: string;
}

export function isOpaque(
  constructed: RegisterResourceResponse | OpaqueComponent,
): constructed is OpaqueComponent {
  return "notEvaluated" in constructed;
}

/** Constructs the components that a program uses from packages of another language. */
export interface Components {
  /** @throws Error with the component's own message about its inputs */
  construct(request: RegisterResourceRequest): Promise<RegisterResourceResponse | OpaqueComponent>;
  /** Calls a method of a component. The result is unknown if nothing can call it. */
  call(request: ResourceCallRequest): Promise<CallResponse>;
}

/**
 * The components that a program uses from packages of another language. The plugin of a Node.js
 * package is started once per run; it constructs all components of the package.
 */
export class RemoteComponents implements Components {
  readonly #settings: StackSettings;
  readonly #engine: string;
  readonly #signal: AbortSignal;
  readonly #packages = new Map<string, ComponentPackage | undefined>();
  readonly #hosts = new Map<string, Promise<ComponentHost>>();

  /**
   * @param engine host:port where plugins register resources
   * @param signal ends all plugins
   */
  constructor(settings: StackSettings, engine: string, signal: AbortSignal) {
    this.#settings = settings;
    this.#engine = engine;
    this.#signal = signal;
  }

  async construct(
    request: RegisterResourceRequest,
  ): Promise<RegisterResourceResponse | OpaqueComponent> {
    const host = this.#hostOf(request.getType());
    if (host === undefined) return { notEvaluated: this.#reason(request.getType()) };
    const component = constructRequest(request, this.#target());
    return constructedResponse(await (await host).construct(component));
  }

  async call(request: ResourceCallRequest): Promise<CallResponse> {
    const host = this.#hostOf(request.getTok());
    if (host === undefined) return noComponents.call(request);
    return (await host).call(callRequest(request, this.#target()));
  }

  /** What the plugins printed. */
  async printed(): Promise<string> {
    const hosts = await Promise.allSettled(this.#hosts.values());
    return hosts.map((host) => (host.status === "fulfilled" ? host.value.printed : "")).join("");
  }

  #hostOf(token: string): Promise<ComponentHost> | undefined {
    const found = this.#packageOf(token);
    if (found?.runtime !== "nodejs") return undefined;
    const { directory } = found;
    const running = this.#hosts.get(directory);
    if (running !== undefined) return running;
    const host = ComponentHost.start(directory, {
      cwd: this.#settings.project.programDirectory,
      engine: this.#engine,
      signal: this.#signal,
    });
    this.#hosts.set(directory, host);
    return host;
  }

  #packageOf(token: string): ComponentPackage | undefined {
    const name = packageOfType(token);
    if (!this.#packages.has(name))
      this.#packages.set(name, findComponentPackage(this.#settings.project, name));
    return this.#packages.get(name);
  }

  #reason(type: string): string {
    const runtime = this.#packageOf(type)?.runtime;
    return runtime === undefined
      ? PLUGIN_NEEDED
      : `Its package ${packageOfType(type)} is written for the runtime ${runtime}; only packages for nodejs run offline. ${CONSEQUENCE}`;
  }

  #target() {
    return { settings: this.#settings, engine: this.#engine };
  }
}

const CONSEQUENCE = "Its resources are not in this result, and its outputs are unknown.";

const PLUGIN_NEEDED = `The plugin of a provider constructs this component, and no such plugin runs offline. ${CONSEQUENCE}`;

/** Without packages, every component stays opaque. */
export const noComponents: Components = {
  construct: () => Promise.resolve({ notEvaluated: PLUGIN_NEEDED }),
  // The SDK takes a result with an unknown part for unknown.
  call: () =>
    Promise.resolve(new CallResponse().setReturn(encodeProperties({ unknown: new Unknown() }))),
};
