import assert from "node:assert/strict";
import fc from "fast-check";
import { alarmDefinitions } from "../../../components/alarms/alarmDefinitions";

const { condition, evaluationPeriods, evaluationPeriodsRange } = alarmDefinitions.deliveryStalled;

const period = (bufferIntervalSeconds: number) =>
  condition.period({ retentionHours: 24, bufferIntervalSeconds });

/** A batch of records, in seconds of an imagined clock. */
interface Batch {
  readonly arrives: number;
  readonly delivered: number;
  /** When CloudWatch knows of the delivery. */
  readonly seen: number;
}

/** Whether both conditions hold at some minute of the first `until` seconds. */
function fires(batches: readonly Batch[], length: number, periods: number, until: number) {
  for (let now = 0; now <= until; now += 60) {
    const within = (time: number, from: number, to: number) =>
      now - from <= time && time < now - to;
    const arrivesInEach = Array.from({ length: periods }).every((_, index) =>
      batches.some(({ arrives }) => within(arrives, (index + 1) * length, index * length)),
    );
    const someDelivered = batches.some(
      ({ delivered, seen }) => seen <= now && within(delivered, periods * length, 0),
    );
    if (arrivesInEach && !someDelivered) return true;
  }
  return false;
}

describe("the alarm deliveryStalled", () => {
  const interval = fc.integer({ min: 0, max: 900 });
  const periodCount = fc.integer({ min: evaluationPeriodsRange.min, max: 5 });
  const twoHours = 7200;
  const arrivals = fc.array(fc.integer({ min: 0, max: twoHours }), { minLength: 1, maxLength: 12 });

  it("counts in whole five minutes, as Firehose's metrics come", () => {
    assert.deepEqual([0, 1, 60, 300, 301, 900].map(period), [600, 900, 900, 900, 1200, 1500]);
  });

  it("stays silent while a healthy Firehose delivers, however the traffic starts and stops", () => {
    // Up to five minutes each: to deliver what is buffered, and to push the metrics.
    const delays = fc.record({
      delivery: fc.integer({ min: 0, max: 299 }),
      push: fc.integer({ min: 0, max: 300 }),
    });
    fc.assert(
      fc.property(interval, periodCount, arrivals, delays, (seconds, periods, times, delay) => {
        const batches = times.map((arrives) => {
          const delivered = arrives + seconds + delay.delivery;
          return { arrives, delivered, seen: delivered + delay.push };
        });
        assert.ok(!fires(batches, period(seconds), periods, 3 * twoHours));
      }),
    );
  });

  it("fires at the end of its periods when nothing is delivered", () => {
    fc.assert(
      fc.property(interval, periodCount, (seconds, periods) => {
        const length = period(seconds);
        const never = { delivered: Infinity, seen: Infinity };
        const batches = Array.from({ length: periods }, (_, index) => ({
          arrives: index * length,
          ...never,
        }));
        assert.ok(fires(batches, length, periods, periods * length));
        assert.ok(!fires(batches.slice(1), length, periods, 2 * periods * length));
      }),
    );
  });

  it("would accuse a buffer that fills, had it but one period", () => {
    const healthy = { arrives: 60, delivered: 360, seen: 420 };
    assert.ok(fires([healthy], period(300), 1, twoHours));
    assert.equal(evaluationPeriodsRange.min, 2);
    assert.equal(evaluationPeriods, 2);
  });
});
