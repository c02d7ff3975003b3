import type { IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb";
import {
  GetRootResourceResponse,
  LogSeverity,
  RequirePulumiVersionResponse,
  SetRootResourceResponse,
} from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

/** What a program says through `pulumi.log`, and the SDK about a program that throws. */
export interface Diagnostic {
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
}

const SEVERITIES = new Map<LogSeverity, Diagnostic["severity"]>([
  [LogSeverity.INFO, "info"],
  [LogSeverity.WARNING, "warning"],
  [LogSeverity.ERROR, "error"],
]);

/** The engine's own service: it hears the program's diagnostics and knows the root resource. */
export function engineService(onDiagnostic: (diagnostic: Diagnostic) => void): IEngineServer {
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
    // There is no CLI whose version could be too old.
    requirePulumiVersion(_call, callback) {
      callback(null, new RequirePulumiVersionResponse());
    },
  };
}
