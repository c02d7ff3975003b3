import assert from "node:assert/strict";
import { readPricedStack } from "../../../local/estimate/stack/readPricedStack";
import { MIB } from "../../../local/estimate/traffic";
import { graphOf } from "../support/graph";
import { existing, pipelineGraph } from "../support/pipelineGraph";

describe("readPricedStack", () => {
  it("reads streams, buffers, lifecycle, encryption and alarms of a pipeline", async () => {
    const graph = await pipelineGraph({
      stream: { shardCount: 3, retentionHours: 48 },
      delivery: { bufferSizeMiB: 32, bufferIntervalSeconds: 120 },
      bucket: { expiryDays: 400, tiering: [{ afterDays: 90, storageClass: "GLACIER_IR" }] },
    });
    const stack = readPricedStack(graph, "us-east-1");
    const [entry, ...others] = stack.entries;
    assert.deepEqual(others, []);
    assert.equal(entry?.name, "events");
    assert.deepEqual(entry.stream, {
      declared: true,
      mode: "provisioned",
      shards: 3,
      retentionHours: 48,
      encrypted: true,
      shardLevelMetrics: 0,
    });
    const [output] = entry.deliveries[0]?.outputs ?? [];
    assert.equal(output?.bufferBytes, 32 * MIB);
    assert.equal(output.bufferSeconds, 120);
    assert.equal(output.encryption, "bucket key");
    assert.equal(output.delimiterBytes, 1);
    assert.deepEqual(output.ages, [
      { storageClass: "STANDARD", from: 0, to: 90 },
      { storageClass: "GLACIER_IR", from: 90, to: 400 },
    ]);
    assert.equal(stack.keys, 1);
    assert.equal(stack.logGroups, 1);
    // An alarm on an expression is billed for each of its metrics.
    assert.ok(stack.alarms.metrics > 13, `${stack.alarms.metrics}`);
    assert.equal(stack.alarms.composite, 1);
    assert.deepEqual(stack.assumptions, []);
  });

  it("does not include what a stack does not declare, and states it", async () => {
    const { streamArn, bucketArn } = existing;
    const stack = readPricedStack(
      await pipelineGraph({ existing: { streamArn, bucketArn } }),
      "us-east-1",
    );
    assert.equal(stack.entries[0]?.name, "user-events-stream");
    assert.equal(stack.entries[0].stream?.declared, false);
    assert.deepEqual(
      stack.assumptions
        .map((one) => /user-events-stream|my-data-lake-bucket/.exec(one)?.[0])
        .sort(),
      ["my-data-lake-bucket", "user-events-stream"],
    );
  });

  it("selects a delivery stream, and rejects a stack without one", async () => {
    const graph = await pipelineGraph();
    assert.equal(readPricedStack(graph, "us-east-1", "events").entries.length, 1);
    assert.throws(() => readPricedStack(graph, "us-east-1", "other"), {
      message: 'Stack "test" has no delivery stream "other"; it has events.',
    });
    assert.throws(() => readPricedStack(graphOf(), "us-east-1"), {
      message: 'Stack "test" declares no Firehose delivery stream: there is nothing to estimate.',
    });
  });
});
