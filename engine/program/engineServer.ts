import { Server } from "@grpc/grpc-js";
import { EngineService, type IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb";
import {
  GetRootResourceResponse,
  LogSeverity,
  RequirePulumiVersionResponse,
  SetRootResourceResponse,
} from "@pulumi/pulumi/proto/engine_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Deployment } from "./deployment";
import { type EnginePort, openEnginePort } from "./enginePort";
import { ResourceMonitor } from "./resourceMonitor";

/** The engine as a program or a component host calls it over gRPC. */
export interface EngineServer {
  /** host:port of both services, `ResourceMonitor` and `Engine`. */
  readonly address: string;
  /** What the program has declared so far. */
  readonly monitor: ResourceMonitor;
  /** What the program has logged so far. */
  readonly diagnostics: readonly Diagnostic[];
  /** Stops the server at once and cancels all calls in flight. */
  close(): void;
}

/** Protocol messages contain whole property maps. Pulumi has the same limit. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** Starts the engine for one deployment, by default on a free loopback port. */
export async function startEngineServer(
  deployment: Deployment,
  openPort?: EnginePort,
): Promise<EngineServer> {
  const port = openPort ?? (await openEnginePort());
  const monitor = new ResourceMonitor(deployment);
  const diagnostics: Diagnostic[] = [];
  const server = new Server({ "grpc.max_receive_message_length": MAX_MESSAGE_BYTES });
  server.addService(ResourceMonitorService, { ...monitor.service() });
  server.addService(EngineService, {
    ...engineService((diagnostic) => {
      diagnostics.push(diagnostic);
    }),
  });
  port.serve(server);
  return {
    address: port.address,
    monitor,
    diagnostics,
    close: () => {
      monitor.close();
      port.close();
      server.forceShutdown();
    },
  };
}

/** A message of the program (`pulumi.log`), or of the SDK about a program that throws. */
export interface Diagnostic {
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
}

const SEVERITIES = new Map<LogSeverity, Diagnostic["severity"]>([
  [LogSeverity.INFO, "info"],
  [LogSeverity.WARNING, "warning"],
  [LogSeverity.ERROR, "error"],
]);

/** The `Engine` service: it receives diagnostics and stores the URN of the root resource. */
function engineService(onDiagnostic: (diagnostic: Diagnostic) => void): IEngineServer {
  let root = "";
  return {
    log(call, callback) {
      const severity = SEVERITIES.get(call.request.getSeverity());
      if (severity !== undefined) onDiagnostic({ severity, message: call.request.getMessage() });
      callback(null, new Empty());
    },
    getRootResource(_call, callback) {
      callback(null, new GetRootResourceResponse().setUrn(root));
    },
    setRootResource(call, callback) {
      root = call.request.getUrn();
      callback(null, new SetRootResourceResponse());
    },
    startDebugging(_call, callback) {
      callback(null, new Empty());
    },
    // No CLI is involved, so no version can be too old.
    requirePulumiVersion(_call, callback) {
      callback(null, new RequirePulumiVersionResponse());
    },
  };
}
