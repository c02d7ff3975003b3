import { createRequire } from "node:module";
import { join } from "node:path";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type {
  CallRequest,
  CallResponse,
  ConstructRequest,
  ConstructResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { startNode } from "../runner/childProcess";

export interface HostOptions {
  /** Directory in which the plugin runs: that of the program. */
  readonly cwd: string;
  /** host:port of the engine. */
  readonly engine: string;
  /** Ends the plugin. */
  readonly signal: AbortSignal;
}

/** The plugin of a component package, started as the Pulumi CLI starts it for any program. */
export class ComponentHost {
  readonly #client: ResourceProviderClient;
  readonly #printed: () => string;

  private constructor(client: ResourceProviderClient, printed: () => string) {
    this.#client = client;
    this.#printed = printed;
  }

  /**
   * @param directory of the package, with its `PulumiPlugin.yaml` for Node.js
   * @throws Error if it does not start, with its output
   */
  static async start(directory: string, options: HostOptions): Promise<ComponentHost> {
    const { cwd, engine, signal } = options;
    const child = startNode({
      arguments: [pluginRunner(directory), directory, engine],
      cwd,
      env: {},
      signal,
    });
    let printed = "";
    // When the run ends, it ends the plugin.
    child.on("error", () => undefined);
    child.stderr.setEncoding("utf8").on("data", (text: string) => (printed += text));
    const port = await new Promise<string>((resolve, reject) => {
      let line = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        line += text;
        if (line.includes("\n")) resolve(line.trim());
      });
      child.once("error", reject);
      child.once("close", () => {
        reject(
          new Error(
            `The component package ${directory} does not start: ${printed.trim() || "it exited without output. Does it export a component?"}`,
          ),
        );
      });
    });
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
    child.once("close", () => {
      client.close();
    });
    return new ComponentHost(client, () => printed);
  }

  /** Everything that the plugin has printed to standard error so far. */
  get printed(): string {
    return this.#printed();
  }

  /** Has the plugin construct a component, whose resources it registers with the engine. */
  construct(request: ConstructRequest): Promise<ConstructResponse> {
    return reply((done) => this.#client.construct(request, done));
  }

  /** Calls a method of a component. */
  call(request: CallRequest): Promise<CallResponse> {
    return reply((done) => this.#client.call(request, done));
  }
}

/** @throws Error if the package's dependencies are not installed */
function pluginRunner(directory: string): string {
  try {
    return createRequire(join(directory, "index.js")).resolve("@pulumi/pulumi/cmd/run-plugin");
  } catch {
    throw new Error(
      `@pulumi/pulumi is not installed for the component package ${directory}. Run npm install there.`,
    );
  }
}

function reply<Response>(
  send: (done: (error: ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    send((error, response) => {
      if (error) reject(new Error(error.details, { cause: error }));
      else resolve(response);
    });
  });
}
