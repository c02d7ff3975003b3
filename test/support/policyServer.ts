import type { Policies } from "@pulumi/policy";
import * as server from "@pulumi/policy/server";
import type * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";

type Handler<Request> = (
  call: { readonly request: Request },
  callback: (error: Error | null | undefined, response?: analyzer.AnalyzeResponse) => void,
) => void;
type MakeHandler<Request> = (
  packName: string,
  packVersion: string,
  packLevel: string,
  policies: Policies,
) => Handler<Request>;

/** What the SDK keeps to itself: the handlers behind the gRPC server of a policy pack. */
const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun } = server as unknown as {
  readonly makeAnalyzeRpcFun: MakeHandler<analyzer.AnalyzeRequest>;
  readonly makeAnalyzeStackRpcFun: MakeHandler<analyzer.AnalyzeStackRequest>;
};

/** The SDK's handlers for a set of policies, as functions that answer or throw. */
export function policyHandlers(policies: Policies): {
  analyze(request: analyzer.AnalyzeRequest): Promise<analyzer.AnalyzeResponse>;
  analyzeStack(request: analyzer.AnalyzeStackRequest): Promise<analyzer.AnalyzeResponse>;
} {
  const pack = ["test-pack", "1.0.0", "advisory", policies] as const;
  return {
    analyze: promised(makeAnalyzeRpcFun(...pack)),
    analyzeStack: promised(makeAnalyzeStackRpcFun(...pack)),
  };
}

function promised<Request>(handler: Handler<Request>) {
  return (request: Request) =>
    new Promise<analyzer.AnalyzeResponse>((resolve, reject) => {
      handler({ request }, (error, response) => {
        if (response) resolve(response);
        else reject(error ?? new Error("The policy SDK answered neither a response nor an error"));
      });
    });
}
