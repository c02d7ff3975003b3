import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { GraphResource, Properties } from "../../../engine/graph/resourceGraph";
import { InputCheck } from "../../../engine/inputs/inputCheck";

const PROGRAM = join(__dirname, "../../..");
const STREAM = "aws:kinesis/stream:Stream";

function resource(type: string, inputs: Properties, more: Partial<GraphResource> = {}) {
  const urn = `urn:pulumi:dev::shop::${type}::clicks`;
  const fixed = { dependencies: [], propertyDependencies: {}, outputs: {}, options: {} };
  return { urn, type, name: "clicks", custom: true, external: false, ...fixed, inputs, ...more };
}

/** The messages about one resource. */
function messages(checked: GraphResource, version = "", directory = PROGRAM): readonly string[] {
  const check = new InputCheck(directory);
  check.add(checked, version);
  return check.notes().map(({ message }) => message);
}

describe("InputCheck", () => {
  it("names the input, its type as in a program, and the nearest name", () => {
    assert.deepEqual(messages(resource(STREAM, { shardcount: 1 })), [
      "shardcount is not an input of aws.kinesis.Stream. Did you mean shardCount?",
    ]);
    const configuration = { bufferSize: 64 };
    const type = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
    assert.deepEqual(messages(resource(type, { extendedS3Configuration: configuration })), [
      "bufferSize is not an input of aws.kinesis.FirehoseDeliveryStream extendedS3Configuration. Did you mean bufferingSize?",
    ]);
  });

  it("checks providers, whose groups are JSON", () => {
    const inputs = { region: "eu-west-1", defaultTags: '{"tags":{}}', allowedAccounts: "[]" };
    assert.deepEqual(messages(resource("pulumi:providers:aws", inputs)), [
      "allowedAccounts is not an input of the provider aws. Did you mean allowedAccountIds?",
    ]);
  });

  it("checks nothing but resources that the stack manages", () => {
    const inputs = { shardcount: 1 };
    assert.deepEqual(messages(resource(STREAM, inputs, { custom: false })), []);
    assert.deepEqual(messages(resource(STREAM, inputs, { external: true })), []);
  });

  it("checks nothing of types that are not installed, or in another version", () => {
    const inputs = { shardcount: 1 };
    const path = require.resolve("@pulumi/aws/package.json");
    const { version } = JSON.parse(readFileSync(path, "utf8")) as { readonly version: string };
    assert.equal(messages(resource(STREAM, inputs), version).length, 1);
    assert.deepEqual(messages(resource(STREAM, inputs), "5.43.0"), []);
    assert.deepEqual(messages(resource(STREAM, inputs), "", "/"), []);
    for (const type of ["aws:carts/cart:Cart", "random:index/randomPet:RandomPet", "acme:Lake"])
      assert.deepEqual(messages(resource(type, inputs)), []);
  });

  it("keeps the order of the resources, and works before it is asked", async () => {
    const check = new InputCheck(PROGRAM);
    for (const name of ["one", "two"]) check.add(resource(STREAM, { [`${name}Shard`]: 1 }), "");
    await new Promise((resolve) => setImmediate(resolve));
    check.add(resource(STREAM, { threeShard: 1 }), "");
    const found = check.notes().map(({ message }) => message.split(" ")[0]);
    assert.deepEqual(found, ["oneShard", "twoShard", "threeShard"]);
    assert.equal(check.notes().length, 3);
  });
});
