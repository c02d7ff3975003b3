import {
  type AnalyzeRequest,
  type AnalyzeResponse,
  type AnalyzeStackRequest,
  type ConfigureAnalyzerRequest,
  EnforcementLevel,
} from "@pulumi/pulumi/proto/analyzer_pb";
import type { Dispatch } from "./dispatch";
import { dispatchedResource, dispatchedStack } from "./request";

type Deserialize<Request> = (bytes: Buffer) => Request;

/** The part of the definition of the analyzer service that the server of a pack reads when it starts. */
export interface AnalyzerDefinition {
  readonly analyze: {
    requestDeserialize: Deserialize<AnalyzeRequest>;
    responseSerialize: (response: AnalyzeResponse) => Buffer;
  };
  readonly analyzeStack: { requestDeserialize: Deserialize<AnalyzeStackRequest> };
  readonly configure: { requestDeserialize: Deserialize<ConfigureAnalyzerRequest> };
}

/**
 * Makes a server that starts afterwards dispatch its requests. A service that is defined in another way
 * stays as it is: then the SDK passes every request to every policy.
 */
export function dispatchRequests(
  { analyze, analyzeStack, configure }: AnalyzerDefinition,
  dispatch: Dispatch,
): void {
  const { requestDeserialize, responseSerialize } = analyze;
  const { requestDeserialize: deserializeStack } = analyzeStack;
  const { requestDeserialize: deserializeConfig } = configure;
  const all = [requestDeserialize, responseSerialize, deserializeStack, deserializeConfig];
  if (!all.every((one: unknown) => typeof one === "function")) return;

  analyze.requestDeserialize = (bytes) => dispatchedResource(requestDeserialize(bytes));
  analyze.responseSerialize = (response) => {
    const others = dispatch.expand(response);
    const own = responseSerialize(response);
    return others === undefined ? own : Buffer.concat([own, others.bytes]);
  };
  analyzeStack.requestDeserialize = (bytes) => dispatchedStack(deserializeStack(bytes));
  configure.requestDeserialize = (bytes) => {
    const request = deserializeConfig(bytes);
    dispatch.configure(disabledBy(request));
    return request;
  };
}

function disabledBy(request: ConfigureAnalyzerRequest): ReadonlyMap<string, boolean> {
  const disabled = new Map<string, boolean>();
  request.getPolicyconfigMap().forEach((config, name) => {
    disabled.set(name, config.getEnforcementlevel() === EnforcementLevel.DISABLED);
  });
  return disabled;
}
