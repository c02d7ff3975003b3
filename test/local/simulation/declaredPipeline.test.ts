import assert from "node:assert/strict";
import { deliveryStreamType } from "../../../aws/firehose/model/deliveryStream";
import { catalogTable } from "../../../aws/glue/catalogTable";
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
    assert.throws(
      () => declaredPipeline(twice),
      /several delivery streams \(events-?\w*, events.*\): specify one with --delivery-stream\.$/,
    );
  });

  it("selects one of several delivery streams by its name in the program or in AWS", async () => {
    const [first, second] = [await pipelineGraph(), await pipelineGraph()];
    const renamed = second.resources.map((resource) =>
      resource.type === deliveryStreamType
        ? { ...resource, name: "others", inputs: { ...resource.inputs, name: "others-stream" } }
        : resource,
    );
    const graph = { ...first, resources: [...first.resources, ...renamed] };
    for (const name of ["others", "others-stream"])
      assert.equal(declaredPipeline(graph, { name }).configuration.name, "others-stream");
    assert.throws(() => declaredPipeline(graph, { name: "none" }), {
      message:
        'Stack "test" declares no delivery stream none. Specify one of these: events, others.',
    });
  });

  it("converts to a table that the program does not declare only if its columns are given", async () => {
    const tableArn = "arn:aws:glue:us-east-1:123456789012:table/lake/orders";
    const graph = await pipelineGraph({ conversion: { tableArn } });
    assert.throws(() => declaredPipeline(graph), /--table lake\.orders=/);
    const table = catalogTable("lake", "orders", [{ name: "id", type: "bigint" }]);
    const { configuration } = declaredPipeline(graph, { tables: () => table });
    assert.equal(configuration.conversion?.table, table);
  });
});
