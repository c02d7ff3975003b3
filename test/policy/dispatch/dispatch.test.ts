import assert from "node:assert/strict";
import type { Policies } from "@pulumi/policy";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzeRequest,
  AnalyzeResponse,
  AnalyzerResource,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  EnforcementLevel,
  PolicyConfig,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Dispatch } from "../../../policy/dispatch/dispatch";
import { dispatchedResource, dispatchedStack, takeSubject } from "../../../policy/dispatch/request";
import { type AnalyzerDefinition, dispatchRequests } from "../../../policy/dispatch/serving";
import { packRules } from "../../../policy/pack";
import { resource, secret } from "../../../policy/testing";
import { resourceRequest, stackRequest } from "../../../policy/testing/requests";
import { sdkHandlers } from "../../../policy/testing/sdkHandlers";

const lamp = resource("test:index:Lamp", "lamp", { color: "red" });
const torch = resource("test:index:Torch", "torch", { color: "red" });
const house = resource("test:index:House", "house", { color: "red" });

type Calls = [rule: string, type: string][];

/** A rule for some types that notes for which types it is called. It reports each of them. */
const onResource = (name: string, types: readonly string[], calls: Calls = []) => ({
  ...{ name, types, description: "Rule." },
  validateResource: (async ({ type, urn }, report) => {
    calls.push([name, type]);
    // Other requests continue here.
    await Promise.resolve();
    report(`${name} of ${urn}`);
  }) satisfies ResourceValidation,
});
type ResourceValidation = Extract<
  NonNullable<Extract<Policies[number], { validateResource?: unknown }>["validateResource"]>,
  (...args: never) => unknown
>;

const onStack = (name: string, types: readonly string[], seen: unknown[]): Policies[number] => ({
  ...{ name, types, description: "Rule." },
  validateStack: ({ resources }, report) => {
    seen.push([name, resources.map((one) => [one.name, String(one.props["color"])])]);
    report(name, resources[0]?.urn);
  },
});

const request = (of: typeof lamp) => resourceRequest(of, false);
const policiesIn = (response: AnalyzeResponse) =>
  response.getDiagnosticsList().map((found) => found.getPolicyname());
const notApplicableIn = (response: AnalyzeResponse) =>
  response.getNotApplicableList().map((one) => [one.getPolicyName(), one.getReason()]);

/** A request that counts how often its properties are converted. */
function counting(of: typeof lamp) {
  const counted = { ...request(of), conversions: 0 };
  const { getProperties } = counted;
  counted.getProperties = () => {
    const { toJavaScript } = getProperties();
    return {
      toJavaScript: () => {
        counted.conversions += 1;
        return toJavaScript();
      },
    };
  };
  return counted;
}

describe("a dispatched request for a resource", () => {
  it("reaches only the policies for its type", async () => {
    const calls: Calls = [];
    const handlers = sdkHandlers([
      onResource("lights", [lamp.type, torch.type], calls),
      onResource("any", [], calls),
      onResource("houses", [house.type], calls),
    ]);
    for (const one of [lamp, house, torch]) await handlers.analyze(request(one));
    assert.deepEqual(calls, [
      ["lights", lamp.type],
      ["any", lamp.type],
      ["any", house.type],
      ["houses", house.type],
      ["lights", torch.type],
      ["any", torch.type],
    ]);
  });

  it("has a result for each policy for other types, with these types as the reason", async () => {
    const response = await sdkHandlers([
      onResource("lights", [lamp.type, torch.type]),
      onResource("any", []),
      onResource("lamps", [lamp.type]),
    ]).analyze(request(house));
    assert.deepEqual(policiesIn(response), ["any"]);
    assert.deepEqual(notApplicableIn(response), [
      ["lights", `applies to ${lamp.type}, ${torch.type}`],
      ["lamps", `Policy only applies to resources of type '${lamp.type}'`],
    ]);
  });

  it("has no result for a disabled policy", async () => {
    const handlers = sdkHandlers([
      { ...onResource("lights", [lamp.type]), enforcementLevel: "disabled" },
      onResource("torches", [torch.type]),
    ]);
    const results = notApplicableIn(await handlers.analyze(request(house)));
    assert.deepEqual(
      results.map(([name]) => name),
      ["torches"],
    );
  });

  it("is one of several that overlap", async () => {
    const handlers = sdkHandlers([
      onResource("any", []),
      onResource("lights", [lamp.type, torch.type]),
      onResource("houses", [house.type]),
    ]);
    const responses = await Promise.all(
      [lamp, house, torch, house].map((one) => handlers.analyze(request(one))),
    );
    assert.deepEqual(responses.map(policiesIn), [
      ["any", "lights"],
      ["any", "houses"],
      ["any", "lights"],
      ["any", "houses"],
    ]);
  });

  it("is converted once, and a policy cannot change what the next one gets", async () => {
    const seen: unknown[] = [];
    const painting = (name: string): Policies[number] => ({
      ...{ name, description: "Rule." },
      validateResource: ({ props }) => {
        seen.push(props["color"]);
        props["color"] = name;
      },
    });
    const counted = counting(resource(lamp.type, "lamp", { color: secret("red") }));
    await sdkHandlers([painting("a"), painting("b")]).analyze(counted);
    assert.deepEqual([seen, counted.conversions], [["red", "red"], 1]);
  });

  it("passes its type on to no other request", async () => {
    dispatchedResource(request(lamp)).getType();
    await Promise.resolve();
    assert.equal(takeSubject(), undefined);
  });
});

describe("a dispatched request for a stack", () => {
  it("is converted once for all stack policies", async () => {
    const seen: unknown[] = [];
    const handlers = sdkHandlers([
      onResource("lamps", [lamp.type]),
      ...["a", "b", "c"].map((name) => onStack(name, [lamp.type], seen)),
    ]);
    const listed = [counting(lamp), counting(house)];
    const response = await handlers.analyzeStack({ getResourcesList: () => listed });
    const all = [
      ["lamp", "red"],
      ["house", "red"],
    ];
    assert.deepEqual(seen, [
      ["a", all],
      ["b", all],
      ["c", all],
    ]);
    assert.deepEqual(
      listed.map(({ conversions }) => conversions),
      [1, 1],
    );
    assert.deepEqual(policiesIn(response), ["a", "b", "c"]);
  });

  it("skips policies that are marked with a type that it does not contain", async () => {
    const seen: unknown[] = [];
    const marked = (name: string, type: string): Policies[number] => {
      const policy = onStack(name, [type], seen);
      Object.assign("validateStack" in policy ? policy.validateStack : {}, { __pulumiType: type });
      return policy;
    };
    const policies = [marked("a", lamp.type), marked("b", house.type), marked("c", lamp.type)];
    const response = await sdkHandlers(policies).analyzeStack(stackRequest([lamp, torch], false));
    assert.deepEqual(policiesIn(response), ["a", "c"]);
    assert.deepEqual(notApplicableIn(response), [
      ["b", `Policy only applies to resources of type '${house.type}'`],
    ]);
  });

  it("is one of several that overlap", async () => {
    const seen: unknown[] = [];
    const handlers = sdkHandlers(["a", "b"].map((name) => onStack(name, [lamp.type], seen)));
    await Promise.all([
      handlers.analyzeStack(stackRequest([lamp], false)),
      handlers.analyzeStack(stackRequest([torch], false)),
    ]);
    assert.deepEqual(
      seen.map((one) => JSON.stringify(one)).sort(),
      ["a", "b"].flatMap((name) => [
        `["${name}",[["lamp","red"]]]`,
        `["${name}",[["torch","red"]]]`,
      ]),
    );
  });

  it("keeps its resources until its list is emptied", () => {
    const message = new AnalyzeStackRequest();
    message.setResourcesList(["a", "b"].map((name) => new AnalyzerResource().setName(name)));
    const names = () => message.getResourcesList().map((one) => one.getName());
    const list = dispatchedStack<AnalyzerResource, AnalyzeStackRequest>(message).getResourcesList();
    assert.deepEqual(names(), ["a", "b"]);
    list.length = 0;
    assert.deepEqual(names(), []);
  });
});

describe("the policies of a pack, for a reader that has read no request", () => {
  it("are all rules in their order", () => {
    const rules = [...packRules()];
    const { policies } = new Dispatch(rules);
    assert.deepEqual([...policies], rules);
    assert.deepEqual(
      Array.from(rules.keys(), (index) => policies[index]),
      rules,
    );
  });
});

describe("the analyzer service of a pack", () => {
  const policies = [
    onResource("any", []),
    onResource("lights", [lamp.type, torch.type]),
    onResource("houses", [house.type]),
  ];

  /** As the SDK defines it, but without changing that. */
  const definition = (): AnalyzerDefinition => ({
    analyze: { ...AnalyzerService.analyze },
    analyzeStack: { ...AnalyzerService.analyzeStack },
    configure: { ...AnalyzerService.configure },
  });

  const bytes = (message: { serializeBinary(): Uint8Array }) =>
    Buffer.from(message.serializeBinary());
  const lampRequest = new AnalyzeRequest()
    .setType(lamp.type)
    .setProperties(Struct.fromJavaScript({ color: "red" }));

  /** What the SDK does with a request, as far as the list of policies is concerned. */
  const handle = (list: Policies, incoming: AnalyzeRequest) => {
    const type = incoming.getType();
    const names: string[] = [];
    const response = new AnalyzeResponse();
    for (const policy of list) {
      const validate = "validateResource" in policy ? policy.validateResource : undefined;
      const mark: unknown = validate && Reflect.get(validate, "__pulumiType");
      if (typeof mark === "string" && mark !== type)
        response.addNotApplicable().setPolicyName(policy.name);
      else names.push(policy.name);
    }
    return { names, response };
  };

  it("sends the results of policies for other types with the response", () => {
    const service = definition();
    const dispatch = new Dispatch(policies);
    dispatchRequests(service, dispatch);
    const incoming = service.analyze.requestDeserialize(bytes(lampRequest));
    const { names, response } = handle(dispatch.policies, incoming);
    assert.deepEqual(names, ["any", "lights"]);
    const sent = AnalyzeResponse.deserializeBinary(service.analyze.responseSerialize(response));
    assert.deepEqual(notApplicableIn(sent), [
      ["houses", `Policy only applies to resources of type '${house.type}'`],
    ]);
    assert.deepEqual(incoming.getProperties()?.toJavaScript(), { color: "red" });
  });

  it("sends no results of policies that the config disables", () => {
    const service = definition();
    const dispatch = new Dispatch([
      ...policies,
      { ...onResource("torches", [torch.type]), enforcementLevel: "disabled" },
    ]);
    dispatchRequests(service, dispatch);
    const sentFor = () => {
      const incoming = service.analyze.requestDeserialize(bytes(lampRequest));
      const { response } = handle(dispatch.policies, incoming);
      const sent = AnalyzeResponse.deserializeBinary(service.analyze.responseSerialize(response));
      return notApplicableIn(sent).map(([name]) => name);
    };
    assert.deepEqual(sentFor(), ["houses"]);
    const config = new ConfigureAnalyzerRequest();
    const level = (value: EnforcementLevel) => new PolicyConfig().setEnforcementlevel(value);
    config.getPolicyconfigMap().set("houses", level(EnforcementLevel.DISABLED));
    config.getPolicyconfigMap().set("torches", level(EnforcementLevel.MANDATORY));
    service.configure.requestDeserialize(bytes(config));
    assert.deepEqual(sentFor(), ["torches"]);
  });

  it("stays as it is if it is defined in another way", () => {
    const service = definition();
    const { requestDeserialize } = service.analyze;
    Reflect.deleteProperty(service.analyze, "responseSerialize");
    const dispatch = new Dispatch(policies);
    dispatchRequests(service, dispatch);
    assert.equal(service.analyze.requestDeserialize, requestDeserialize);
    const incoming = service.analyze.requestDeserialize(bytes(lampRequest));
    const { names, response } = handle(dispatch.policies, incoming);
    assert.deepEqual(names, ["any", "lights", "houses"]);
    assert.deepEqual(notApplicableIn(response), []);
  });
});
