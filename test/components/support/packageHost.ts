import { join } from "node:path";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  ConstructRequest,
  type ConstructResponse,
  GetSchemaRequest,
  type GetSchemaResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  RegisterResourceRequest,
  type RegisterResourceResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties, ResourceGraph } from "../../../engine/graph/resourceGraph";
import { STACK_TYPE } from "../../../engine/graph/urn";
import { type EngineServer, startEngineServer } from "../../../engine/program/engineServer";
import { madeUpProvider } from "../../../engine/provider/madeUpProvider";
import type { ResourceProvider } from "../../../engine/provider/resourceProvider";
import { startNode } from "../../../engine/runner/childProcess";
import { decodeProperties } from "../../../engine/wire";
import { type PackageSchema, parsePackageSchema } from "./packageSchema";

const ROOT = join(__dirname, "../../..");
/** The component in this repository. */
const PACKAGE = join(ROOT, "components");
/** Pulumi starts a plugin in the directory of the program that uses it: here a YAML program. */
const CONSUMER = join(ROOT, "examples/yaml");

const DEPLOYMENT = { project: "clicks-lake", stack: "dev" };
export const COMPONENT = "streamlake:index:DeliveryPipeline";

/** An output as a program passes it to a component, with a value known only after deployment. */
export const UNKNOWN_OUTPUT = {
  // Constants of Pulumi's protocol: the key of special objects, and the kind output value.
  "4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4",
};

export interface Inputs {
  readonly [name: string]: InputValue;
}
export type InputValue = boolean | number | string | readonly InputValue[] | Inputs;

export interface Construction {
  /** The resources that the component registered. */
  readonly graph: ResourceGraph;
  /** The component's outputs, as the calling program receives them. */
  readonly outputs: Properties;
  /** URNs of the resources that an output depends on, by output. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
}

/** The package's plugin, started as Pulumi starts it for programs in other languages. */
export class PackageHost {
  readonly #client: ResourceProviderClient;

  private constructor(client: ResourceProviderClient) {
    this.#client = client;
  }

  /**
   * @param signal stops the plugin and everything that was started for it
   * @param directory of the package, with its `PulumiPlugin.yaml`
   */
  static async start(signal: AbortSignal, directory = PACKAGE): Promise<PackageHost> {
    const engine = await startEngineServer({
      ...DEPLOYMENT,
      provider: madeUpProvider("us-east-1"),
    });
    const port = await startPlugin(engine, directory, signal);
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
    signal.addEventListener("abort", () => {
      client.close();
    });
    return new PackageHost(client);
  }

  async schema(): Promise<PackageSchema> {
    const response = await reply<GetSchemaResponse>((done) =>
      this.#client.getSchema(new GetSchemaRequest(), done),
    );
    return parsePackageSchema(response.getSchema());
  }

  /** Has the plugin construct the component in a new stack. */
  async construct(
    inputs: Inputs,
    provider: ResourceProvider = madeUpProvider("us-east-1"),
  ): Promise<Construction> {
    const engine = await startEngineServer({ ...DEPLOYMENT, provider });
    try {
      const request = new ConstructRequest()
        .setProject(DEPLOYMENT.project)
        .setStack(DEPLOYMENT.stack)
        .setDryrun(true)
        .setMonitorendpoint(engine.address)
        .setType(COMPONENT)
        .setName("clicks")
        .setParent(await registerStack(engine.address))
        .setInputs(Struct.fromJavaScript(inputs));
      const response = await reply<ConstructResponse>((done) =>
        this.#client.construct(request, done),
      );
      const dependencies = [...response.getStatedependenciesMap().entries()].map(
        ([output, urns]) => [output, urns.getUrnsList()] as const,
      );
      return {
        graph: engine.monitor.graph(),
        outputs: decodeProperties(response.getState()),
        dependencies: new Map(dependencies),
      };
    } finally {
      engine.close();
    }
  }
}

/** Resolves to the port that the plugin listens on. */
async function startPlugin(
  engine: EngineServer,
  directory: string,
  signal: AbortSignal,
): Promise<string> {
  signal.addEventListener("abort", () => {
    engine.close();
  });
  const runner = require.resolve("@pulumi/pulumi/cmd/run-plugin", { paths: [directory] });
  const { stdout, stderr } = startNode({
    arguments: [runner, directory, engine.address],
    cwd: CONSUMER,
    env: {},
    signal,
  }).on("error", () => undefined);
  let printed = "";
  const port = await new Promise<string>((resolve, reject) => {
    stderr.setEncoding("utf8").on("data", (chunk: string) => (printed += chunk));
    stdout.setEncoding("utf8").once("data", resolve);
    stdout.once("end", () => {
      const logged = engine.diagnostics.map(({ message }) => message).join("\n");
      reject(new Error(`The plugin did not start: ${printed}${logged}`));
    });
  });
  return port.trim();
}

/** Registers the stack, as every language's runtime does first. Resolves to its URN. */
async function registerStack(engine: string): Promise<string> {
  const client = new ResourceMonitorClient(engine, credentials.createInsecure());
  const { project, stack } = DEPLOYMENT;
  const request = new RegisterResourceRequest().setType(STACK_TYPE).setName(`${project}-${stack}`);
  const response = await reply<RegisterResourceResponse>((done) =>
    client.registerResource(request, done),
  );
  client.close();
  return response.getUrn();
}

function reply<Response>(
  send: (done: (error: ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    send((error, response) => {
      if (error) reject(new Error(error.details));
      else resolve(response);
    });
  });
}
