import assert from "node:assert/strict";
import { effectiveSettings } from "../../../components/settings/effectiveSettings";
import { resolveSettings } from "../../../components/settings/settings";

/** Of args in which nothing is deferred. */
const allSettings = (args: object) => {
  const settings = resolveSettings("user-events", args);
  return effectiveSettings(settings as Parameters<typeof effectiveSettings>[0], args);
};
const effective = (args: object) => {
  const all = allSettings(args);
  return new Map(all.map(({ setting, value, origin }) => [setting, `${value} (${origin})`]));
};

describe("effectiveSettings", () => {
  it("lists every setting once", () => {
    const all = allSettings({});
    assert.equal(new Set(all.map(({ setting }) => setting)).size, all.length);
    for (const setting of ["stream.shardCount", "alarms.iteratorAge.threshold", "protect", "tags"])
      assert.ok(
        all.some((one) => one.setting === setting),
        setting,
      );
    assert.ok(all.every(({ origin }) => origin === "default"));
  });

  it("contains the value and the origin of a setting", () => {
    const given = effective({ stream: { retentionHours: 24 }, protect: false });
    assert.equal(given.get("stream.retentionHours"), "24 (stack)");
    assert.equal(given.get("protect"), "false (stack)");
    assert.equal(given.get("delivery.compression"), "GZIP (default)");
    assert.equal(
      given.get("delivery.prefix"),
      "raw/user-events/!{timestamp:yyyy/MM/dd}/ (default)",
    );
  });

  it("attributes a value to the stack even if it equals the default", () => {
    assert.equal(effective({ protect: true }).get("protect"), "true (stack)");
  });

  it("describes in words what applies if there is no value", () => {
    const none = effective({});
    assert.equal(none.get("stream.shardCount"), "none, and the stream scales on demand (default)");
    assert.equal(none.get("existing.streamArn"), "none: a new stream (default)");
  });

  it("contains thresholds that are computed from other settings", () => {
    const given = effective({ stream: { retentionHours: 24 } });
    assert.equal(given.get("alarms.iteratorAge.threshold"), "43200000 (default)");
    const own = effective({ alarms: { iteratorAge: { threshold: 5000 } } });
    assert.equal(own.get("alarms.iteratorAge.threshold"), "5000 (stack)");
  });

  it("contains lists and maps as JSON", () => {
    const given = effective({
      bucket: { tiering: [{ storageClass: "GLACIER", afterDays: 90 }] },
      tags: { team: "growth" },
    });
    assert.equal(
      given.get("bucket.tiering"),
      '[{"storageClass":"GLACIER","afterDays":90}] (stack)',
    );
    assert.equal(given.get("tags"), '{"team":"growth"} (stack)');
    assert.equal(given.get("stream.shardLevelMetrics"), "[] (default)");
  });
});
