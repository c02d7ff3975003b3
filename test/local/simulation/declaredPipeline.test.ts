import assert from "node:assert/strict";
import { declaredPipeline } from "../../../local/simulation/declaredPipeline";
import { graphOf } from "../support/graph";
import { pipelineGraph } from "../support/pipelineGraph";

describe("declaredPipeline", () => {
  it("reads shards and retention of the declared stream", async () => {
    const onDemand = declaredPipeline(await pipelineGraph({ stream: { retentionHours: 48 } }));
    assert.deepEqual(onDemand.stream, {
      declared: true,
      mode: "on-demand",
      shards: 4,
      retentionHours: 48,
    });
    const provisioned = declaredPipeline(await pipelineGraph({ stream: { shardCount: 7 } }));
    assert.equal(provisioned.stream.mode, "provisioned");
    assert.equal(provisioned.stream.shards, 7);
  });

  it("assumes the defaults of a new stream for an existing one", async () => {
    const streamArn = "arn:aws:kinesis:us-east-1:123456789012:stream/theirs";
    const { configuration, stream } = declaredPipeline(
      await pipelineGraph({ existing: { streamArn } }),
    );
    assert.equal(configuration.source.name, "theirs");
    assert.deepEqual(stream, {
      declared: false,
      mode: "on-demand",
      shards: 4,
      retentionHours: 24,
    });
  });

  it("rejects a stack that does not declare exactly one delivery stream", async () => {
    assert.throws(() => declaredPipeline(graphOf()), {
      message: 'Stack "test" declares no Firehose delivery stream: nothing can be simulated.',
    });
    const graph = await pipelineGraph();
    const twice = { ...graph, resources: [...graph.resources, ...graph.resources] };
    assert.throws(() => declaredPipeline(twice), /several delivery streams \(events-?\w*, events/);
  });
});
