import assert from "node:assert/strict";
import { resolveSettings } from "../../../components/settings/settings";
import { settingsProblems } from "../../../components/settings/settingsProblems";
import { defaults } from "./support/defaults";

describe("resolveSettings", () => {
  it("has defaults without problems", () => {
    assert.deepEqual(settingsProblems("user-events", {}), []);
  });

  it("completes empty args with the defaults", () => {
    assert.deepEqual(resolveSettings("user-events", {}), defaults);
  });

  it("completes settings that are undefined with the defaults", () => {
    const args = { stream: undefined, bucket: { expiryDays: undefined } } as object;
    assert.deepEqual(resolveSettings("user-events", args), defaults);
  });

  it("has other defaults for records that are themselves compressed", () => {
    const resolved = (delivery: object) =>
      resolveSettings("user-events", { delivery: { recordCompression: "GZIP", ...delivery } })
        .delivery;
    const packed = {
      ...{ ...defaults.delivery, recordCompression: "GZIP" },
      ...{ compression: "UNCOMPRESSED", delimiter: "none", fileExtension: ".gz" },
    };
    assert.deepEqual(resolved({}), packed);
    assert.deepEqual(resolved({ delimiter: undefined, fileExtension: undefined }), packed);
    const fileExtension = ".json.gz";
    assert.deepEqual(resolved({ fileExtension }), { ...packed, fileExtension });
    const later = Promise.resolve("UNCOMPRESSED");
    assert.equal(resolved({ compression: later }).compression, later);
  });

  it("does not share a default between two pipelines", () => {
    const [one, other] = [resolveSettings("one", {}), resolveSettings("other", {})];
    assert.notEqual(one.tags, other.tags);
    assert.notEqual(one.bucket.tiering, other.bucket.tiering);
  });

  it("throws one error with all problems of the args", () => {
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
