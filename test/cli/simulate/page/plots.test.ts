import assert from "node:assert/strict";
import { pageData } from "../../../../cli/simulate/page/plots";
import type { SimulationDocument } from "../../../../cli/simulate/simulationDocument";

const minute = 60_000;
const begin = Date.parse("2026-03-01T12:00:00Z");

const changes = (["OK", "ALARM", "OK", "ALARM"] as const).map((state, index) => ({
  at: begin + (index + 1) * minute,
  state,
}));

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
    result: { minutes, milliseconds: 12 * minute },
    alarms: [
      { ...{ resource: "late", isCondition: false, state: "ALARM" }, transitions: changes },
      {
        ...{ resource: "calm", isCondition: false, state: "OK" },
        transitions: changes.slice(0, 1),
      },
      { ...{ resource: "part", isCondition: true, state: "ALARM" }, transitions: changes },
    ],
  };
  return pageData(document as unknown as SimulationDocument);
}

describe("pageData", () => {
  it("shows no delivery during an outage, although it shows means", () => {
    const [records] = data(300).plots;
    assert.equal(records?.title, "Records per minute, mean of 5 minutes");
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
    assert.equal(records?.title, "Records per minute");
    const [, delivered] = records.lines;
    assert.deepEqual(delivered?.values, [60, 60, 60, 60, 0, 0, 0, 240, 60, 60, 60, 0]);
  });

  it("marks the outage and the end of the traffic", () => {
    const { outages, trafficEnd } = data(60);
    assert.deepEqual(outages, [[begin / 1000 + 240, begin / 1000 + 420]]);
    assert.equal(trafficEnd, begin / 1000 + 600);
  });

  it("has the time that each alarm was in ALARM, up to the end, without conditions of others", () => {
    const at = (minutes: number) => begin / 1000 + minutes * 60;
    assert.deepEqual(data(60).alarms, [
      {
        name: "late",
        spans: [
          [at(2), at(3)],
          [at(4), at(12)],
        ],
      },
    ]);
  });

  it("interrupts a line where an object is late by more than the interval and two minutes", () => {
    assert.equal(data(300).longestPause, 420);
  });

  it("keeps seconds and bytes, which the page shows in units that people read", () => {
    const [, latency, sizes, lag] = data(60).plots;
    assert.deepEqual([latency?.unit, sizes?.unit, lag?.unit], ["seconds", "bytes", "seconds"]);
    assert.deepEqual(latency?.lines[0]?.values.slice(0, 2), [1.5, null]);
    assert.equal(sizes?.lines[0]?.values[0], 2_048);
    assert.equal(lag?.lines[0]?.values[0], 90);
  });
});
