import assert from "node:assert/strict";
import { outputsTarget } from "../../../records/target/outputsTarget";

const outputs = {
  streamName: "events",
  region: "eu-central-1",
  bucketName: "lake",
  prefix: "raw/",
  errorPrefix: "errors/",
  timeZone: "UTC",
  delimiter: "newline",
};
const entry = (changed: object) => outputsTarget({ ...outputs, ...changed }, "dev").entry();
const lake = (changed: object) => outputsTarget({ ...outputs, ...changed }, "dev").lake();

describe("the target of a deployed stack", () => {
  it("is the stream and the data lake that the outputs name", () => {
    assert.deepEqual(entry({ recordCompression: "GZIP" }), {
      ...{ type: "stream", name: "events", region: "eu-central-1", recordCompression: "GZIP" },
    });
    assert.deepEqual(lake({}), {
      ...{ bucket: "lake", prefix: "raw/", errorPrefix: "errors/", timeZone: "UTC" },
      ...{ delimiter: "newline", region: "eu-central-1", processing: {} },
    });
  });

  it("contains what Firehose does with records, without what a newer component adds", () => {
    const changed = { bufferIntervalSeconds: 60, processing: ["partition", "fold", "transform"] };
    assert.deepEqual(lake(changed).processing, {
      bufferSeconds: 60,
      steps: new Set(["partition", "transform"]),
    });
    assert.deepEqual(lake({ bufferIntervalSeconds: "60", processing: "partition" }).processing, {});
  });

  it("has compressed records if Firehose reads those of CloudWatch Logs", () => {
    for (const step of ["decompress", "messages"])
      assert.equal(entry({ processing: [step] }).recordCompression, "GZIP");
    assert.equal(entry({ processing: ["transform"] }).recordCompression, "none");
  });

  it("has uncompressed records without the output recordCompression, and rejects other values", () => {
    assert.equal(entry({}).recordCompression, "none");
    assert.throws(() => entry({ recordCompression: "ZIP" }), {
      message: 'The output recordCompression of stack "dev" is "ZIP"; it must be none or GZIP.',
    });
    assert.throws(() => lake({ delimiter: "comma" }), {
      message: 'Stack "dev" has delimiter "comma"; it must be newline or none.',
    });
  });

  it("is the delivery stream with its alarms, and says whether its role existed before", () => {
    const alarmArns = { age: "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:events-age" };
    const names = { deliveryStreamName: "events-delivery", logGroupName: "log", alarmArns };
    const roles = { sourceRoleArn: "a", deliveryRoleArn: "b" };
    const target = outputsTarget({ ...outputs, ...names, ...roles }, "dev").delivery();
    assert.deepEqual(target, {
      ...{ name: "events-delivery", region: "eu-central-1", stream: "events", bucket: "lake" },
      ...{ prefix: "raw/", errorPrefix: "errors/", logGroup: "log" },
      ...{ alarms: ["events-age"], existingRole: false },
    });
    const same = { ...outputs, ...names, sourceRoleArn: "a", deliveryRoleArn: "a" };
    assert.equal(outputsTarget(same, "dev").delivery().existingRole, true);
    assert.throws(() => outputsTarget(outputs, "dev").delivery(), {
      message: /has no output "deliveryStreamName" that is a string/,
    });
  });

  it("lists the outputs of the stack if the requested one is missing or not a string", () => {
    for (const found of [{ a: "x" }, { a: "x", region: 1 }])
      assert.throws(() => outputsTarget(found, "dev").entry(), {
        message: `Stack "dev" has no output "region" that is a string; its outputs are ${Object.keys(found).join(", ")}.`,
      });
  });

  it("suggests a deployment if the stack has no outputs", () => {
    assert.throws(() => outputsTarget({}, "dev").lake(), /Deploy it first: pulumi up --stack dev/);
  });
});
