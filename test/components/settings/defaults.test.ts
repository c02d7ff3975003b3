import assert from "node:assert/strict";
import { resolveSettings } from "../../../components/settings/settings";
import { settingsProblems } from "../../../components/settings/settingsProblems";
import { defaults } from "./support/defaults";

describe("the defaults of settings", () => {
  it("are valid", () => {
    assert.deepEqual(settingsProblems("user-events", {}), []);
  });

  it("complete empty args", () => {
    assert.deepEqual(resolveSettings("user-events", {}), defaults);
  });

  it("apply to settings that are undefined", () => {
    const args = { stream: undefined, bucket: { expiryDays: undefined } } as object;
    assert.deepEqual(resolveSettings("user-events", args), defaults);
  });

  it("are not shared between two pipelines", () => {
    const [one, other] = [resolveSettings("one", {}), resolveSettings("other", {})];
    assert.notEqual(one.tags, other.tags);
    assert.notEqual(one.bucket.tiering, other.bucket.tiering);
  });

  it("are not added to args with problems, which end in one error", () => {
    const args = { stream: { retentionHours: 1 }, delivery: { compression: "LZ4" } } as object;
    assert.throws(() => resolveSettings("user-events", args), {
      name: "Error",
      message: [
        'DeliveryPipeline "user-events" has 2 problems in its args:',
        "",
        "  stream.retentionHours is 1",
        "    allowed: a whole number of hours from 24 to 8760",
        '  delivery.compression is "LZ4"',
        "    allowed: GZIP, UNCOMPRESSED, ZIP, Snappy, HADOOP_SNAPPY",
      ].join("\n"),
    });
  });
});
