import { mock } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { mockState } from "./mockState";
import { withPlainStacks } from "./plainStacks";

/** One resource as a program registered it under mocks. */
export interface Recorded {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly parent: string;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly provider: string;
}

export interface Recording {
  readonly resources: readonly Recorded[];
  /** What the program logged with `pulumi.log`, e.g. `warn: ...`. */
  readonly logged: readonly string[];
  /** The only resource of a type, or the one with that name; an error lists what exists instead. */
  one(type: string, name?: string): Recorded;
  /** The policy document in an input, parsed. */
  document(type: string, name: string, input?: string): unknown;
  /** What a component passed to registerOutputs. */
  outputs(type: string): Readonly<Record<string, unknown>>;
}

export interface RecordOptions {
  readonly preview?: boolean;
  /** Answers a call of a provider function. Default: a call is an error. */
  readonly call?: (token: string, inputs: Readonly<Record<string, unknown>>) => object;
  /** Name of a stack that the program refers to -> its outputs. */
  readonly stackOutputs?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * Runs `build` under mocks and waits until everything is registered. `one` throws if a resource is
 * missing: Pulumi silently skips a resource whose input failed, and a test would otherwise pass.
 */
export async function record(
  build: () => unknown,
  { preview = false, call = unexpectedCall, stackOutputs = {} }: RecordOptions = {},
): Promise<Recording> {
  const resources: Recorded[] = [];
  await pulumi.runtime.setMocks(
    {
      call: ({ token, inputs }) => call(token, inputs as Readonly<Record<string, unknown>>),
      newResource: ({ custom, ...resource }) => {
        if (!custom) return { id: undefined, state: {} };
        const outputs = stackOutputs[resource.name];
        if (outputs) return { id: resource.name, state: { name: resource.name, outputs } };
        return mockState({ ...resource, preview });
      },
    },
    "streamlake",
    "test",
    preview,
  );
  const monitor = pulumi.runtime.getMonitor() as unknown as MockMonitor;
  keepRequests(monitor, resources);
  const logged: string[] = [];
  const restore = recordLog(logged);
  try {
    await withPlainStacks(async () => {
      build();
      await pulumi.runtime.disconnect();
    });
  } finally {
    restore();
  }

  const one = (type: string, name?: string): Recorded => {
    const found = resources.filter((r) => r.type === type && (name ?? r.name) === r.name);
    const [only] = found;
    if (only && found.length === 1) return only;
    const all = resources.map((r) => `${r.type} ${r.name}`).join(", ");
    throw new Error(`expected one ${type} ${name ?? ""}, found ${found.length} in: ${all}`);
  };
  return {
    resources,
    logged,
    one,
    document: (type, name, input = "policy") =>
      JSON.parse(one(type, name).inputs[input] as string) as unknown,
    outputs: (type) => {
      const registered = monitor.getRegisteredResources().get(one(type).urn);
      return registered?.state.toJavaScript() ?? {};
    },
  };
}

function unexpectedCall(token: string): never {
  throw new Error(`${token} was called: the component must not look anything up`);
}

/** Puts what is logged into a list instead of on the console; returns what ends that. */
function recordLog(logged: string[]): () => void {
  const replaced = (["info", "warn"] as const).map((level) =>
    mock.method(pulumi.log, level, (message: string) => {
      logged.push(`${level}: ${message}`);
      return Promise.resolve();
    }),
  );
  return () => {
    for (const { mock } of replaced) mock.restore();
  };
}

/** The monitor behind the mocks, which hides parents, dependencies and options from them. */
interface MockMonitor {
  registerResource(request: RegisterResourceRequest, callback: RegisterCallback): Promise<void>;
  getRegisteredResources(): Map<string, { state: { toJavaScript(): Record<string, unknown> } }>;
}
type RegisterCallback = (error: unknown, response?: { getUrn(): string }) => void;

function keepRequests(monitor: MockMonitor, resources: Recorded[]): void {
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) =>
    register(request, (error, response) => {
      if (response) resources.push(recorded(request, response.getUrn()));
      callback(error, response);
    });
}

function recorded(request: RegisterResourceRequest, urn: string): Recorded {
  const propertyDependencies: Record<string, string[]> = {};
  request.getPropertydependenciesMap().forEach((dependencies, property) => {
    propertyDependencies[property] = dependencies.getUrnsList();
  });
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    inputs: request.getObject()?.toJavaScript() ?? {},
    parent: request.getParent(),
    dependencies: request.getDependenciesList(),
    propertyDependencies,
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    provider: request.getProvider(),
  };
}
