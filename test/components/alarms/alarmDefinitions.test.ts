import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type AlarmDefinition,
  alarmDescription,
  type AlarmedFeature,
  type AlarmFacts,
} from "../../../components/alarms/alarmDefinition";
import { alarmDefinitions, alarmNames } from "../../../components/alarms/alarmDefinitions";

/** Facts of any pipeline that the settings allow. */
const anyFacts = fc.record({
  retentionHours: fc.integer({ min: 24, max: 8760 }),
  bufferIntervalSeconds: fc.integer({ min: 0, max: 900 }),
  backupIntervalSeconds: fc.integer({ min: 60, max: 900 }),
  features: fc.subarray<AlarmedFeature>(["transform", "conversion", "backup"]),
});

const without = { backupIntervalSeconds: 300, features: [] };

const conditions = ({ condition, additionalCondition }: AlarmDefinition) =>
  additionalCondition === undefined ? [condition] : [condition, additionalCondition.condition];

const hours = 3_600_000;

describe("alarmDefinitions", () => {
  it("lists the alarms in the order of the data flow, from the producers to the bucket", () => {
    assert.deepEqual(alarmNames, [
      "iteratorAge",
      "writesThrottled",
      "readsThrottled",
      "putRecordSuccess",
      "putRecordsFailed",
      "getRecordsSuccess",
      "dataFreshness",
      "deliveryStalled",
      "deliverySuccess",
      "behindLatest",
      "sourceThrottled",
      "deliveryErrors",
      "partitionsExceeded",
      "activePartitions",
      "transformSuccess",
      "transformDuration",
      "failedConversions",
      "backupFreshness",
      "backupSuccess",
    ]);
  });

  it("warns before records expire, for Firehose earlier than for other readers", () => {
    const threshold = (alarm: "iteratorAge" | "behindLatest", facts: AlarmFacts) =>
      alarmDefinitions[alarm].threshold(facts);
    const day = { ...without, retentionHours: 24, bufferIntervalSeconds: 300 };
    assert.equal(threshold("iteratorAge", day), 12 * hours);
    assert.equal(threshold("behindLatest", day), 6 * hours);
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const [firehose, anyReader] = [
          threshold("behindLatest", facts),
          threshold("iteratorAge", facts),
        ];
        assert.ok(0 < firehose && firehose < anyReader);
        assert.ok(anyReader < facts.retentionHours * hours);
      }),
    );
  });

  it("allows data to be older than the buffer interval, and at least as old as AWS recommends", () => {
    const freshness = (bufferIntervalSeconds: number) =>
      alarmDefinitions.dataFreshness.threshold({
        ...{ ...without, retentionHours: 24 },
        bufferIntervalSeconds,
      });
    assert.deepEqual([0, 300, 450, 451, 900].map(freshness), [900, 900, 900, 902, 1800]);
    fc.assert(
      fc.property(anyFacts, ({ bufferIntervalSeconds }) => {
        assert.ok(freshness(bufferIntervalSeconds) > bufferIntervalSeconds);
      }),
    );
  });

  for (const alarm of alarmNames) {
    const definition = alarmDefinitions[alarm];
    const { evaluationPeriodsRange, thresholdRange } = definition;

    it(`keeps the periods of ${alarm} within CloudWatch's limits for all pipelines and settings`, () => {
      const periods = fc.integer(evaluationPeriodsRange);
      fc.assert(
        fc.property(anyFacts, periods, (facts, evaluationPeriods) => {
          for (const { period } of conditions(definition)) {
            assert.equal(period(facts) % 60, 0);
            assert.ok(period(facts) * evaluationPeriods <= 86_400);
          }
        }),
      );
    });

    it(`gives ${alarm} defaults that its settings allow`, () => {
      const within = (value: number, { min, max }: { min: number; max: number }) =>
        min <= value && value <= max;
      assert.ok(within(definition.evaluationPeriods, evaluationPeriodsRange));
      fc.assert(
        fc.property(anyFacts, (facts) => within(definition.threshold(facts), thresholdRange)),
      );
    });

    it(`describes when ${alarm} fires and what to do, within CloudWatch's limit`, () => {
      assert.match(definition.about, /^Fires when [^.]+\.$/);
      assert.match(definition.advice, /^[A-Z].+\.$/);
      assert.ok(alarmDescription(definition, "s".repeat(100)).length <= 1024);
    });
  }
});
