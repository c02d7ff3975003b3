import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { Metadata, type sendUnaryData, type ServerUnaryCall } from "@grpc/grpc-js";
import {
  Parameterization,
  ReadResourceRequest,
  RegisterPackageRequest,
  RegisterResourceHookRequest,
  RegisterResourceRequest,
  ResourceCallRequest,
  ResourceInvokeRequest,
  SupportsFeatureRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type Properties, Secret, Unknown } from "../../../engine/graph/resourceGraph";
import type { Deployment } from "../../../engine/program/deployment";
import { ResourceMonitor } from "../../../engine/program/resourceMonitor";
import { madeUpProvider } from "../../../engine/provider/madeUpProvider";
import { decodeProperties, encodeProperties } from "../../../engine/wire";

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
  metadata = new Metadata(),
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const sent = Object.assign(new EventEmitter(), { request, metadata });
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

describe("ResourceMonitor", () => {
  it("rejects a second resource of the same type and name", async () => {
    const { registerResource } = monitorFor().service();
    await call(registerResource, stream("clicks"));
    await call(registerResource, stream("views"));
    await assert.rejects(call(registerResource, stream("clicks")), {
      message:
        /^Two resources have the name "clicks" and the type aws:kinesis\/stream:Stream: urn:\S+ is already in use\. Rename one of them\.$/,
    });
  });

  it("records the version of the package of a provider among its inputs, as Pulumi does", async () => {
    const monitor = monitorFor();
    const { registerResource } = monitor.service();
    const declaring = (type: string) =>
      new RegisterResourceRequest()
        .setType(type)
        .setName("tokyo")
        .setCustom(true)
        .setVersion("7.48.0")
        .setObject(encodeProperties({ region: "ap-northeast-1" }));
    await call(registerResource, declaring("pulumi:providers:aws"));
    await call(registerResource, declaring("aws:kinesis/stream:Stream"));
    const [provider, stream] = monitor.graph().resources;
    assert.deepEqual(provider?.inputs, { region: "ap-northeast-1", version: "7.48.0" });
    assert.equal(provider.outputs["version"], "7.48.0");
    assert.equal(stream?.inputs["version"], undefined);
  });

  it("imports an existing resource by its id", async () => {
    const monitor = monitorFor();
    const request = stream("clicks").setImportid("live-clicks");
    const response = await call(monitor.service().registerResource, request);
    assert.equal(response.getId(), "live-clicks");
    const [resource] = monitor.graph().resources;
    assert.equal(resource?.options.import, "live-clicks");
    assert.equal(resource.inputs["name"], "live-clicks");
    assert.equal(
      resource.outputs["arn"],
      "arn:aws:kinesis:us-east-1:123456789012:stream/live-clicks",
    );
  });

  it("does not look up a resource with an unknown id", async () => {
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

  it("keeps outputs secret if their input is secret or the program declares them secret", async () => {
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

  it("accepts resource hooks, and records their names without running them", async () => {
    const monitor = monitorFor();
    const { registerResource, registerResourceHook } = monitor.service();
    await call(registerResourceHook, new RegisterResourceHookRequest().setName("smoke"));
    const hooks = new RegisterResourceRequest.ResourceHooksBinding()
      .setBeforeCreateList(["smoke"])
      .setAfterDeleteList(["archive", "smoke"]);
    await call(registerResource, stream("clicks").setHooks(hooks));
    assert.deepEqual(monitor.graph().resources[0]?.options.hooks, ["smoke", "archive"]);
  });

  it("supports secrets, but not resource references, so that the SDK flattens them", async () => {
    const { supportsFeature } = monitorFor().service();
    const supports = async (id: string): Promise<boolean> =>
      (await call(supportsFeature, new SupportsFeatureRequest().setId(id))).getHassupport();
    assert.equal(await supports("secrets"), true);
    assert.equal(await supports("resourceReferences"), false);
  });

  it("returns the error of a provider to the program, and keeps it", async () => {
    const monitor = monitorFor({
      provider: {
        ...madeUpProvider("us-east-1"),
        create: () => Promise.reject(new Error("the port is in use")),
      },
    });
    const registered = call(monitor.service().registerResource, stream("clicks"));
    await assert.rejects(registered, { message: "the port is in use" });
    assert.deepEqual(monitor.callErrors, ["the port is in use"]);
  });

  it("keeps components without a package in the graph, and notes that they are not evaluated", async () => {
    const monitor = monitorFor();
    const service = monitor.service();
    const remote = new RegisterResourceRequest()
      .setType("acme:index:Lake")
      .setName("lake")
      .setRemote(true)
      .setObject(encodeProperties({ size: 1 }));
    const response = await call(service.registerResource, remote);
    const { resources, notes } = monitor.graph();
    assert.deepEqual(
      resources.map(({ urn, inputs, outputs }) => ({ urn, inputs, outputs })),
      [{ urn: response.getUrn(), inputs: { size: 1 }, outputs: {} }],
    );
    assert.deepEqual(
      notes?.map(({ kind, subject }) => ({ kind, subject })),
      [{ kind: "not evaluated", subject: response.getUrn() }],
    );
    const called = await call(
      service.call,
      new ResourceCallRequest().setTok("acme:index:Lake/size"),
    );
    assert.ok(Object.values(decodeProperties(called.getReturn()))[0] instanceof Unknown);
  });

  it("returns a reference to a package that is generated from parameters", async () => {
    const service = monitorFor().service();
    const request = (name: string) =>
      new RegisterPackageRequest()
        .setName("terraform-provider")
        .setParameterization(new Parameterization().setName(name).setVersion("1.0.0"));
    const reference = async (name: string) =>
      (await call(service.registerPackage, request(name))).getRef();
    assert.notEqual(await reference("lake"), "");
    assert.equal(await reference("lake"), await reference("lake"));
    assert.notEqual(await reference("lake"), await reference("river"));
  });

  it("has SDKs ask for each feature, without an error that a user would see", async () => {
    const monitor = monitorFor();
    await assert.rejects(call(monitor.service().getDeploymentInfo, new Empty()));
    assert.deepEqual(monitor.callErrors, []);
  });

  describe("calls of provider functions", () => {
    const identity = new ResourceInvokeRequest().setTok(
      "aws:index/getCallerIdentity:getCallerIdentity",
    );
    const agents: readonly [agent: string | undefined, arn: unknown][] = [
      ["grpc-node-js/1.14.7", new Unknown()],
      ["grpc-go/1.72.1", "[unknown arn]"],
      ["grpc-python/1.66.2 grpc-c/43.0.0 (linux; chttp2)", "[unknown arn]"],
      [undefined, new Unknown()],
    ];
    for (const [agent, arn] of agents)
      it(`have unknown values only where the SDK supports them, ${String(agent)}`, async () => {
        const metadata = new Metadata();
        if (agent !== undefined) metadata.set("user-agent", agent);
        const response = await call(monitorFor().service().invoke, identity, metadata);
        assert.deepEqual(decodeProperties(response.getReturn())["arn"], arn);
      });

    it("use the explicit provider of the call", async () => {
      const { registerResource, invoke } = monitorFor().service();
      const provider = new RegisterResourceRequest()
        .setType("pulumi:providers:aws")
        .setName("tokyo")
        .setCustom(true)
        .setObject(encodeProperties({ region: "ap-northeast-1" }));
      const urn = (await call(registerResource, provider)).getUrn();
      const request = new ResourceInvokeRequest()
        .setTok("aws:index/getRegion:getRegion")
        .setProvider(`${urn}::id`);
      const response = await call(invoke, request);
      assert.equal(decodeProperties(response.getReturn())["region"], "ap-northeast-1");
    });

    it("show rules made-up inputs as unknown, and keep them for the program", async () => {
      let shown: Properties = {};
      const monitor = monitorFor({
        remediate: ({ inputs }) => {
          shown = inputs;
          return Promise.resolve({ ...inputs, encryptionType: "KMS" });
        },
      });
      const { invoke, registerResource } = monitor.service();
      const zones = new ResourceInvokeRequest().setTok(
        "aws:index/getAvailabilityZones:getAvailabilityZones",
      );
      await call(invoke, zones);
      await call(registerResource, stream("clicks", { name: "in-us-east-1b" }));
      assert.ok(shown["name"] instanceof Unknown);
      const [resource] = monitor.graph().resources;
      assert.deepEqual(resource?.inputs, { name: "in-us-east-1b", encryptionType: "KMS" });
      assert.ok(monitor.graph().madeUp?.includes("us-east-1b"));
    });
  });
});
