import type { Policies } from "@pulumi/policy";
import {
  makeAnalyzeRpcFun,
  makeAnalyzeStackRpcFun,
  makeRemediateRpcFun,
} from "@pulumi/policy/server";
import type { AnalyzeResponse, RemediateResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import { Dispatch } from "../dispatch/dispatch";
import { dispatchedResource, dispatchedStack } from "../dispatch/request";
import type { ResourceRequest, StackRequest } from "./requests";

type Handler<Request, Response> = (
  call: { readonly request: Request },
  callback: (error: Error | null | undefined, response?: Response) => void,
) => void;
type MakeHandler<Request, Response> = (
  packName: string,
  packVersion: string,
  packLevel: string,
  policies: Policies,
) => Handler<Request, Response>;

// The handlers behind the gRPC server of a policy pack, which the SDK exports without types.
declare module "@pulumi/policy/server" {
  export const makeAnalyzeRpcFun: MakeHandler<ResourceRequest, AnalyzeResponse>;
  export const makeAnalyzeStackRpcFun: MakeHandler<StackRequest, AnalyzeResponse>;
  export const makeRemediateRpcFun: MakeHandler<ResourceRequest, RemediateResponse>;
}

/** The SDK's handlers for some policies, which they get as in a pack, as functions that return a response or throw. */
export interface SdkHandlers {
  analyze(request: ResourceRequest): Promise<AnalyzeResponse>;
  analyzeStack(request: StackRequest): Promise<AnalyzeResponse>;
  remediate(request: ResourceRequest): Promise<RemediateResponse>;
}

export function sdkHandlers(policies: Policies): SdkHandlers {
  const dispatch = new Dispatch(policies);
  const pack = ["test-pack", "1.0.0", "advisory", dispatch.policies] as const;
  const analyze = promised(makeAnalyzeRpcFun(...pack));
  const analyzeStack = promised(makeAnalyzeStackRpcFun(...pack));
  return {
    analyze: async (request) => {
      const response = await analyze(dispatchedResource(request));
      const others = dispatch.expand(response)?.results ?? [];
      return response.setNotApplicableList([...response.getNotApplicableList(), ...others]);
    },
    analyzeStack: (request) => analyzeStack(dispatchedStack(request)),
    remediate: promised(makeRemediateRpcFun(...pack)),
  };
}

function promised<Request, Response>(handler: Handler<Request, Response>) {
  return (request: Request) =>
    new Promise<Response>((resolve, reject) => {
      handler({ request }, (error, response) => {
        if (response) resolve(response);
        else reject(error ?? new Error("The policy SDK returned neither a response nor an error"));
      });
    });
}
