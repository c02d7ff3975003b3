import assert from "node:assert/strict";
import fc from "fast-check";
import { alarmDefinitions } from "../../../components/alarms/alarmDefinitions";

const { condition, evaluationPeriods, evaluationPeriodsRange } = alarmDefinitions.deliveryStalled;

const period = (bufferIntervalSeconds: number) =>
  condition.period({
    ...{ retentionHours: 24, bufferIntervalSeconds },
    ...{ backupIntervalSeconds: 300, features: [] },
  });

/** A batch of records; times in seconds on a simulated clock. */
interface Batch {
  readonly arrives: number;
  readonly delivered: number;
  /** When the delivery is in CloudWatch's metrics. */
  readonly seen: number;
}

/** Whether both conditions are met in any minute of the first `until` seconds. */
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

describe("deliveryStalled", () => {
  const interval = fc.integer({ min: 0, max: 900 });
  const periodCount = fc.integer({ min: evaluationPeriodsRange.min, max: 5 });
  const twoHours = 7200;
  const arrivals = fc.array(fc.integer({ min: 0, max: twoHours }), { minLength: 1, maxLength: 12 });

  it("has periods of whole 5 minutes, the interval of Firehose's metrics", () => {
    assert.deepEqual([0, 1, 60, 300, 301, 900].map(period), [600, 900, 900, 900, 1200, 1500]);
  });

  it("does not fire while Firehose delivers, however the traffic starts and stops", () => {
    // Up to 5 minutes each: to deliver what is buffered, and to publish the metrics.
    const delays = fc.record({
      delivery: fc.integer({ min: 0, max: 299 }),
      publish: fc.integer({ min: 0, max: 300 }),
    });
    fc.assert(
      fc.property(interval, periodCount, arrivals, delays, (seconds, periods, times, delay) => {
        const batches = times.map((arrives) => {
          const delivered = arrives + seconds + delay.delivery;
          return { arrives, delivered, seen: delivered + delay.publish };
        });
        assert.ok(!fires(batches, period(seconds), periods, 3 * twoHours));
      }),
    );
  });

  it("fires at the end of its periods if nothing is delivered", () => {
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

  it("needs two periods, since with one it would fire while a buffer fills", () => {
    const healthy = { arrives: 60, delivered: 360, seen: 420 };
    assert.ok(fires([healthy], period(300), 1, twoHours));
    assert.equal(evaluationPeriodsRange.min, 2);
    assert.equal(evaluationPeriods, 2);
  });
});
