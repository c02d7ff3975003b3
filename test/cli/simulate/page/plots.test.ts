import assert from "node:assert/strict";
import { pageData } from "../../../../cli/simulate/page/plots";
import type { SimulationDocument } from "../../../../cli/simulate/simulationDocument";

const minute = 60_000;
const begin = Date.parse("2026-03-01T12:00:00Z");

/** Ten minutes of traffic and two more, with an outage of three minutes after the fourth. */
function data(bufferSeconds: number) {
  const none = Array.from({ length: 12 }, () => null);
  const minutes = {
    accepted: [...Array.from({ length: 10 }, () => 60), 0, 0],
    throttled: Array.from({ length: 12 }, () => 0),
    delivered: [60, 60, 60, 60, 0, 0, 0, 240, 60, 60, 60, 0],
    latency: { p50: none, p99: none, max: [1_500, ...none.slice(1)] },
    objects: Array.from({ length: 12 }, () => 1),
    storedBytes: { min: none, max: [2_048, ...none.slice(1)] },
    lag: Array.from({ length: 12 }, () => 90_000),
  };
  const document = {
    settings: {
      begin: new Date(begin).toISOString(),
      milliseconds: 10 * minute,
      outages: [{ after: 4 * minute, milliseconds: 3 * minute }],
      deliveryStream: { bufferSeconds },
    },
    result: { minutes },
  };
  return pageData(document as unknown as SimulationDocument);
}

describe("pageData", () => {
  it("shows no delivery during an outage, although it shows means", () => {
    const [records] = data(300).plots;
    assert.equal(records?.title, "Records in and out, 5-minute mean");
    assert.deepEqual(
      records.lines.map(({ label, values }) => [label, values]),
      [
        ["Accepted", [60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 0, 0]],
        ["Delivered", [60, 60, 60, 60, 0, 0, 0, 240, 150, 120, 60, 30]],
        ["Throttled", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
      ],
    );
  });

  it("shows each minute alone if the buffer interval is at most a minute", () => {
    const [records] = data(60).plots;
    assert.equal(records?.title, "Records in and out");
    const [, delivered] = records.lines;
    assert.deepEqual(delivered?.values, [60, 60, 60, 60, 0, 0, 0, 240, 60, 60, 60, 0]);
  });

  it("marks the outage and the end of the traffic", () => {
    const { outages, trafficEnd } = data(60);
    assert.deepEqual(outages, [[begin / 1000 + 240, begin / 1000 + 420]]);
    assert.equal(trafficEnd, begin / 1000 + 600);
  });

  it("keeps seconds and bytes, which the page shows in units that people read", () => {
    const [, latency, sizes, lag] = data(60).plots;
    assert.deepEqual([latency?.unit, sizes?.unit, lag?.unit], ["seconds", "bytes", "seconds"]);
    assert.deepEqual(latency?.lines[0]?.values.slice(0, 2), [1.5, null]);
    assert.equal(sizes?.lines[0]?.values[0], 2_048);
    assert.equal(lag?.lines[0]?.values[0], 90);
  });
});
