import assert from "node:assert/strict";
import {
  type GraphResource,
  type Properties,
  type PropertyValue,
  Secret,
  Unknown,
} from "../../../engine/graph/resourceGraph";
import {
  analyzeRequest,
  analyzeStackRequest,
  remediateRequest,
} from "../../../engine/policy/analyzerMessages";
import { ARCHIVE, ASSET, SIGNATURE, UNKNOWN_STRING } from "../../../engine/wire";

const resourceWith = (inputs: Properties): GraphResource => ({
  urn: "urn:pulumi:dev::shop::aws:s3/bucketObject:BucketObject::page",
  type: "aws:s3/bucketObject:BucketObject",
  name: "page",
  custom: true,
  external: false,
  dependencies: [],
  propertyDependencies: {},
  inputs,
  outputs: inputs,
  options: {},
});

const none = (): undefined => undefined;

/** What a rule gets for an input, as the message contains it. */
function sent(value: PropertyValue): unknown {
  return analyzeRequest(resourceWith({ value }), none).getProperties()?.toJavaScript()["value"];
}

const asset = (content: object): Properties => ({ [SIGNATURE]: ASSET, hash: "4f3", ...content });
const archive = (content: object): Properties => ({ [SIGNATURE]: ARCHIVE, ...content });

describe("analyzeRequest", () => {
  it("leaves out what SDKs and providers add for their own purposes, at any depth", () => {
    const inputs = {
      __defaults: ["acl"],
      tags: { __defaults: [], team: "lake" },
      rules: [{ __defaults: [], id: "1" }],
      key: new Secret({ __defaults: [], id: "2" }),
    };
    const resource = resourceWith(inputs);
    const rules = analyzeRequest(resource, none).getProperties()?.toJavaScript();
    const graph = { project: "shop", stack: "dev", resources: [resource], outputs: {} };
    const [stackRule] = analyzeStackRequest(graph, none).getResourcesList();
    for (const seen of [rules, stackRule?.getProperties()?.toJavaScript()]) {
      assert.deepEqual([seen?.["tags"], seen?.["rules"]], [{ team: "lake" }, [{ id: "1" }]]);
      assert.doesNotMatch(JSON.stringify(seen), /__defaults/);
    }
  });

  it("passes assets on that @pulumi/policy can read", () => {
    const page = asset({ text: "<html>" });
    const readable = [page, asset({ path: "a.html" }), asset({ uri: "https://example.com/a" })];
    const archives = [archive({ path: "a.zip" }), archive({ assets: { page } })];
    for (const value of [...readable, ...archives]) assert.deepEqual(sent(value), value);
  });

  it("makes assets unknown of which only the hash or an empty text is left", () => {
    const empty = [asset({}), asset({ text: "" }), archive({ hash: "4f3" })];
    for (const value of [...empty, archive({ assets: { page: asset({}) } })])
      assert.deepEqual([sent(value), sent([value])], [UNKNOWN_STRING, [UNKNOWN_STRING]]);
    assert.match(JSON.stringify(sent(new Secret(asset({})))), new RegExp(UNKNOWN_STRING));
    assert.equal(sent(new Unknown()), UNKNOWN_STRING);
  });
});

describe("remediateRequest", () => {
  it("contains what SDKs and providers add, because the answer replaces all inputs", () => {
    const request = remediateRequest(resourceWith({ __defaults: ["acl"] }), none);
    assert.deepEqual(request.getProperties()?.toJavaScript(), { __defaults: ["acl"] });
  });
});
