import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { DeliveryPipelineArgs } from "../../../components/index";
import { settingsAdvice } from "../../../components/settings/advice";
import { DeliveryPipeline } from "../../../components/index";
import { record } from "../../support/record";

const delivery = {
  prefix: "raw/!{timestamp:yyyy}/",
  errorPrefix: "errors/",
  compression: "GZIP",
  delimiter: "newline",
  recordCompression: "none",
} as const;

describe("settingsAdvice", () => {
  it("has no advice about prefixes that end with a slash, have expressions or are empty", () => {
    for (const prefix of ["raw/", "raw/!{timestamp:yyyy}", "raw!{firehose:random-string}", ""])
      assert.deepEqual(settingsAdvice({ ...delivery, prefix }), []);
    assert.deepEqual(settingsAdvice({ ...delivery, errorPrefix: "" }), []);
  });

  it("shows the keys under a prefix without expressions and without a slash at its end", () => {
    assert.deepEqual(settingsAdvice({ ...delivery, prefix: "clicks", errorPrefix: "failed" }), [
      'delivery.prefix is "clicks", without a slash at its end. Firehose appends the time to it, so that keys begin with "clicks2026/11/26/15/". To separate the two, set it to "clicks/".',
      'delivery.errorPrefix is "failed", without a slash at its end. Firehose appends the time to it, so that keys begin with "failedprocessing-failed/2026/11/26/15/". To separate the two, set it to "failed/".',
    ]);
  });

  it("asks whether records are compressed if the extension says so and nothing else does", () => {
    const packed = {
      ...{ ...delivery, compression: "UNCOMPRESSED" as const, delimiter: "none" as const },
      fileExtension: ".json.gz",
    };
    const [advice = "", ...others] = settingsAdvice(packed);
    assert.match(advice, /^delivery\.fileExtension is "\.json\.gz", .*recordCompression to GZIP;/);
    assert.deepEqual(others, []);
    assert.deepEqual(settingsAdvice({ ...packed, recordCompression: "GZIP" }), []);
    assert.deepEqual(settingsAdvice({ ...packed, fileExtension: ".json" }), []);
  });
});

describe("the advice of DeliveryPipeline", () => {
  /** What the component logs as warnings. */
  async function warnings(args: DeliveryPipelineArgs, preview = true) {
    const { logged } = await record(() => new DeliveryPipeline("events", args), { preview });
    return logged.flatMap((message) => /^warn: (delivery\.[^,]+)/.exec(message)?.[1] ?? []);
  }

  it("is logged once in a preview, and not in the update after it", async () => {
    const args = { delivery: { prefix: "clicks" } };
    assert.deepEqual(await warnings(args), ['delivery.prefix is "clicks"']);
    assert.deepEqual(await warnings(args, false), []);
    assert.deepEqual(await warnings({}), []);
  });

  it("is logged of a value that another resource determines, but not of a secret", async () => {
    const prefix = Promise.resolve("clicks");
    assert.deepEqual(await warnings({ delivery: { prefix } }), ['delivery.prefix is "clicks"']);
    assert.deepEqual(await warnings({ delivery: { prefix: pulumi.secret(prefix) } }), []);
  });
});
