import assert from "node:assert/strict";
import { Server, ServerCredentials, status } from "@grpc/grpc-js";
import { CallbacksService, type ICallbacksServer } from "@pulumi/pulumi/proto/callback_grpc_pb";
import { Callback, CallbackInvokeResponse } from "@pulumi/pulumi/proto/callback_pb";
import {
  ResourceInvokeRequest,
  TransformInvokeOptions,
  TransformInvokeRequest,
  TransformInvokeResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Callbacks } from "../../../../engine/program/transforms/callbacks";
import { InvokeTransforms } from "../../../../engine/program/transforms/invokeTransforms";

/** What a program would do with a call. */
const transforms: Readonly<
  Record<string, (request: TransformInvokeRequest) => TransformInvokeResponse>
> = {
  keeps: () => new TransformInvokeResponse(),
  addsName: (request) => {
    const args = { ...request.getArgs()?.toJavaScript(), name: request.getToken() };
    return new TransformInvokeResponse().setArgs(Struct.fromJavaScript(args));
  },
  countsArguments: (request) => {
    const count = Object.keys(request.getArgs()?.toJavaScript() ?? {}).length;
    return new TransformInvokeResponse()
      .setArgs(Struct.fromJavaScript({ count }))
      .setOptions(new TransformInvokeOptions().setProvider("urn:p::id").setVersion("7.0.0"));
  },
};

describe("InvokeTransforms", () => {
  const callbacks = new Callbacks();
  let server: Server;
  let target = "";
  before(async () => {
    server = new Server();
    const service: ICallbacksServer = {
      invoke: ({ request }, callback) => {
        const transform = transforms[request.getToken()];
        if (transform === undefined) {
          callback({ code: status.UNKNOWN, details: "transform failed: no region" });
          return;
        }
        const answer = transform(
          TransformInvokeRequest.deserializeBinary(request.getRequest_asU8()),
        );
        callback(null, new CallbackInvokeResponse().setResponse(answer.serializeBinary()));
      },
    };
    server.addService(CallbacksService, service);
    target = await new Promise((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
        if (error) reject(error);
        else resolve(`127.0.0.1:${port}`);
      });
    });
  });
  after(() => {
    callbacks.close();
    server.forceShutdown();
  });

  const call = new ResourceInvokeRequest()
    .setTok("aws:index/getRegion:getRegion")
    .setArgs(Struct.fromJavaScript({ region: "eu-west-1" }));
  const transformed = (...tokens: readonly string[]): Promise<ResourceInvokeRequest> => {
    const all = new InvokeTransforms(callbacks);
    for (const token of tokens) all.add(new Callback().setToken(token).setTarget(target));
    return all.apply(call);
  };

  it("leaves a call as it is without transforms, and with those that return nothing", async () => {
    for (const tokens of [[], ["keeps"]]) {
      const result = await transformed(...tokens);
      assert.deepEqual(result.toObject(), call.toObject());
    }
  });

  it("runs all transforms in the order of their registration", async () => {
    const result = await transformed("addsName", "countsArguments");
    assert.deepEqual(result.getArgs()?.toJavaScript(), { count: 2 });
    assert.deepEqual([result.getProvider(), result.getVersion()], ["urn:p::id", "7.0.0"]);
    assert.equal(call.getProvider(), "", "the program's request is not changed");
  });

  it("throws the message of a transform that fails", async () => {
    await assert.rejects(transformed("unheard of"), { message: "transform failed: no region" });
  });
});
