import assert from "node:assert/strict";
import { knownSteps, longestDelivery } from "../../../records/target/processing";

const steps = (...names: string[]) => knownSteps(names);

describe("longestDelivery", () => {
  it("is the buffer interval and a minute", () => {
    assert.equal(longestDelivery({ bufferSeconds: 60, steps: steps() }), 120);
    assert.equal(longestDelivery({ bufferSeconds: 0 }), 60);
  });

  it("is longer with dynamic partitioning, and with a function", () => {
    assert.equal(longestDelivery({ bufferSeconds: 61, steps: steps("partition") }), 152);
    assert.equal(longestDelivery({ bufferSeconds: 60, steps: steps("transform") }), 480);
  });

  it("assumes the longest buffer of Firehose if the interval is unknown", () => {
    assert.equal(longestDelivery({}), 960);
  });
});
