import assert from "node:assert/strict";
import { flowRates, flowWith, noFlow } from "../../../../../cli/local/page/state/flow";

const second = 1000;

describe("Flow", () => {
  it("counts all records and keeps only the last seconds", () => {
    let flow = noFlow;
    for (let at = 0; at < 10_000 * second; at += second / 2) flow = flowWith(flow, at, 3, 100);
    assert.equal(flow.records, 60_000);
    assert.equal(flow.bytes, 2_000_000);
    assert.ok(flow.seconds.length <= 61, `${flow.seconds.length} seconds are kept`);
  });

  it("averages the rate over the last 5 whole seconds", () => {
    const flow = flowWith(flowWith(noFlow, 1.2 * second, 20, 0), 2.7 * second, 30, 0);
    const rateAt = (now: number) => flowRates(flow, now).perSecond;
    assert.equal(rateAt(2.9 * second), 4);
    assert.equal(rateAt(3.1 * second), 10);
    assert.equal(rateAt(7.5 * second), 6);
    assert.equal(rateAt(60 * second), 0);
  });

  it("returns the counts of the last 60 seconds, newest last", () => {
    const flow = flowWith(flowWith(noFlow, 100 * second, 1, 0), 102 * second, 5, 0);
    const { history } = flowRates(flow, 103 * second);
    assert.equal(history.length, 60);
    assert.deepEqual(history.slice(-4), [0, 1, 0, 5]);
    assert.equal(flowRates(flow, 163 * second).history[0], 0);
  });

  it("counts a late event in the newest second", () => {
    const flow = flowWith(flowWith(noFlow, 9 * second, 1, 0), 8 * second, 2, 0);
    assert.deepEqual(flow.seconds, [{ second: 9, records: 3 }]);
  });
});
