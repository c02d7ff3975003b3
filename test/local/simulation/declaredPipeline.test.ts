import assert from "node:assert/strict";
import { declaredPipeline } from "../../../local/simulation/declaredPipeline";
import { graphOf } from "../support/graph";
import { pipelineGraph } from "../support/pipelineGraph";

describe("A declared pipeline", () => {
  it("has the shards and the retention of its stream", async () => {
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

  it("takes a stream that is only named for a new one", async () => {
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

  it("is one, and not several", async () => {
    assert.throws(() => declaredPipeline(graphOf()), {
      message: 'Stack "test" declares no Firehose delivery stream: nothing can be simulated.',
    });
    const graph = await pipelineGraph();
    const twice = { ...graph, resources: [...graph.resources, ...graph.resources] };
    assert.throws(() => declaredPipeline(twice), /several delivery streams \(events-?\w*, events/);
  });
});
