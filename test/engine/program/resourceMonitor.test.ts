import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import type { sendUnaryData, ServerUnaryCall } from "@grpc/grpc-js";
import { Callback } from "@pulumi/pulumi/proto/callback_pb";
import {
  ReadResourceRequest,
  RegisterPackageRequest,
  RegisterResourceHookRequest,
  RegisterResourceRequest,
  ResourceCallRequest,
  ResourceInvokeRequest,
  SupportsFeatureRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { madeUpProvider } from "../../../engine/provider/madeUpProvider";
import { type Properties, Secret } from "../../../engine/graph/resourceGraph";
import { type Deployment, ResourceMonitor } from "../../../engine/program/resourceMonitor";
import { encodeProperties } from "../../../engine/wire";

const STREAM = "aws:kinesis/stream:Stream";

function monitorFor(changes: Partial<Deployment> = {}): ResourceMonitor {
  const provider = madeUpProvider("us-east-1");
  return new ResourceMonitor({ project: "shop", stack: "dev", provider, ...changes });
}

type Handler<Request, Response> = (
  call: ServerUnaryCall<Request, Response>,
  callback: sendUnaryData<Response>,
) => void;

/** Calls a method of the service as gRPC does. */
function call<Request, Response>(
  handler: Handler<Request, Response>,
  request: Request,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const sent = Object.assign(new EventEmitter(), { request });
    handler(sent as ServerUnaryCall<Request, Response>, (error, response) => {
      if (error) reject(new Error(String(error.details)));
      else if (response) resolve(response);
    });
  });
}

function stream(name: string, inputs: Properties = {}): RegisterResourceRequest {
  return new RegisterResourceRequest()
    .setType(STREAM)
    .setName(name)
    .setCustom(true)
    .setObject(encodeProperties(inputs));
}

describe("the resource monitor", () => {
  it("refuses a second resource of the same type and name", async () => {
    const { registerResource } = monitorFor().service();
    await call(registerResource, stream("clicks"));
    await call(registerResource, stream("views"));
    await assert.rejects(call(registerResource, stream("clicks")), {
      message:
        /^Two resources have the name "clicks" and the type aws:kinesis\/stream:Stream: urn:\S+ is taken\. Give one of them another name\.$/,
    });
  });

  it("imports a resource as it is", async () => {
    const monitor = monitorFor();
    const request = stream("clicks").setImportid("live-clicks");
    const response = await call(monitor.service().registerResource, request);
    assert.equal(response.getId(), "live-clicks");
    assert.equal(monitor.graph().resources[0]?.options.import, "live-clicks");
  });

  it("does not look up a resource whose id is still unknown", async () => {
    const monitor = monitorFor({
      provider: {
        ...madeUpProvider("us-east-1"),
        read: () => Promise.reject(new Error("nothing to read")),
      },
    });
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const request = new ReadResourceRequest().setType(STREAM).setName("clicks").setId(unknown);
    await call(monitor.service().readResource, request);
    const [resource] = monitor.graph().resources;
    assert.deepEqual([resource?.id, resource?.outputs], [undefined, {}]);
  });

  it("creates a resource from its remediated inputs", async () => {
    const monitor = monitorFor({
      remediate: ({ inputs }) => Promise.resolve({ ...inputs, encryptionType: "KMS" }),
    });
    await call(monitor.service().registerResource, stream("clicks", { name: "clicks" }));
    const [resource] = monitor.graph().resources;
    assert.deepEqual(resource?.inputs, { name: "clicks", encryptionType: "KMS" });
    assert.equal(resource.outputs["encryptionType"], "KMS");
  });

  it("keeps outputs secret whose input is, or that the program says are", async () => {
    const monitor = monitorFor({
      provider: {
        check: ({ inputs }) => inputs,
        create: () => Promise.resolve({ id: "a", outputs: { name: "a", arn: "b", size: 1 } }),
        read: () => Promise.reject(new Error("nothing to read")),
      },
    });
    const request = stream("clicks", { name: new Secret("a") }).setAdditionalsecretoutputsList([
      "arn",
    ]);
    await call(monitor.service().registerResource, request);
    const outputs = monitor.graph().resources[0]?.outputs ?? {};
    const secret = Object.keys(outputs).filter((key) => outputs[key] instanceof Secret);
    assert.deepEqual(secret, ["name", "arn"]);
  });

  it("supports secrets, and lets the SDK flatten references", async () => {
    const { supportsFeature } = monitorFor().service();
    const supports = async (id: string): Promise<boolean> =>
      (await call(supportsFeature, new SupportsFeatureRequest().setId(id))).getHassupport();
    assert.equal(await supports("secrets"), true);
    assert.equal(await supports("resourceReferences"), false);
  });

  it("tells the program why a provider failed, and keeps the reason", async () => {
    const monitor = monitorFor({
      provider: {
        ...madeUpProvider("us-east-1"),
        create: () => Promise.reject(new Error("the port is taken")),
      },
    });
    const registered = call(monitor.service().registerResource, stream("clicks"));
    await assert.rejects(registered, { message: "the port is taken" });
    assert.deepEqual(monitor.refusals, ["the port is taken"]);
  });

  describe("refuses, and says what to do instead,", () => {
    const service = monitorFor().service();
    const transform = new RegisterResourceRequest().setTransformsList([new Callback()]);
    const remote = new RegisterResourceRequest().setType("acme:index:Lake").setRemote(true);
    const reference = new ReadResourceRequest()
      .setType("pulumi:pulumi:StackReference")
      .setId("acme/network/prod");
    const cases: readonly [what: string, call: () => Promise<unknown>, named: string][] = [
      [
        "functions of a provider",
        () => call(service.invoke, new ResourceInvokeRequest().setTok("aws:a:b")),
        "aws:a:b",
      ],
      [
        "methods of a component",
        () => call(service.call, new ResourceCallRequest().setTok("acme:a:b")),
        "acme:a:b",
      ],
      ["components of a plugin", () => call(service.registerResource, remote), "acme:index:Lake"],
      [
        "generated packages",
        () => call(service.registerPackage, new RegisterPackageRequest().setName("pkg")),
        "pkg",
      ],
      [
        "transforms of a resource",
        () => call(service.registerResource, transform),
        "`transformations`",
      ],
      [
        "transforms of a stack",
        () => call(service.registerStackTransform, new Callback()),
        "`transformations`",
      ],
      [
        "transforms of functions",
        () => call(service.registerStackInvokeTransform, new Callback()),
        "`transformations`",
      ],
      [
        "resource hooks",
        () =>
          call(service.registerResourceHook, new RegisterResourceHookRequest().setName("smoke")),
        "smoke",
      ],
      ["stack references", () => call(service.readResource, reference), "acme/network/prod"],
      ["deployment info", () => call(service.getDeploymentInfo, new Empty()), "deployment"],
    ];
    for (const [what, refused, named] of cases)
      it(what, async () => {
        await assert.rejects(refused, ({ message }: Error) => {
          assert.match(message, /^The program .*; that does not work offline\. Instead: /);
          assert.ok(message.includes(named));
          return true;
        });
      });
  });
});
