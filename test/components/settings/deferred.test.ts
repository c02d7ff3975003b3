import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import type { Path } from "../../../components/settings/problem";
import { resolveSettings } from "../../../components/settings/settings";
import { valueAt } from "../../../components/settings/valueAt";
import { arns } from "./rules/rule";
import { changed } from "./support/changed";
import { defaults } from "./support/defaults";
import { problemStrings } from "./support/problemStrings";
import { validArgs } from "./support/validArgs";

const later = <T>(value: T) => pulumi.output(Promise.resolve(value));
const mustBeKnown = "is an Output, but determines which resources exist";

/** The places that must be known when the program runs. */
const decisive = new RegExp(
  `^(${[
    ...["protect", "tags", "[a-z]+", "bucket\\.(versioning|accessLogs|forceDestroy|tiering.*)"],
    ...["delivery\\.(delimiter|recordCompression|cloudWatchLogs)", "encryption\\.\\w+"],
    ...["partitioning\\.(keys|splitRecords)", "transform\\.partitionKeys.*", "backup\\.enabled"],
    ...["conversion\\.(from|to|hive|catalog(\\.columns.*)?|parquet(\\.dictionaryCompression)?)"],
    ...[
      "conversion\\.(orc(\\.padding)?|openX(\\.(caseInsensitive|dotsToUnderscores|columnKeys))?)",
    ],
    ...["alarms\\.(enabled|dashboard|\\w+\\.enabled|[a-z]+[A-Z][a-zA-Z]+(?<!Arns))"],
  ].join("|")})$`,
);

/** Every place in args that has a value, groups and lists included. */
function places(value: unknown, path: Path = []): Path[] {
  const inside =
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, child]) =>
          places(child, [...path, Array.isArray(value) ? Number(key) : key]),
        )
      : [];
  return path.length > 0 ? [path, ...inside] : inside;
}

const isInside = (path: Path, other: Path) =>
  path.length > other.length && other.every((key, index) => key === path[index]);

describe("resolveSettings with values that are known only after deployment", () => {
  it("does not check deferred values, and leaves them unchanged", () => {
    const retentionHours = later(1);
    const team = Promise.resolve("growth");
    const settings = resolveSettings("user-events", { stream: { retentionHours }, tags: { team } });
    assert.equal(settings.stream.retentionHours, retentionHours);
    assert.equal(settings.tags["team"], team);
  });

  it("accepts a deferred value wherever it does not determine which resources exist", () => {
    const deferrable = validArgs.chain((args) => {
      const all = places(args).filter((path) => !decisive.test(path.join(".")));
      return fc.subarray(all).map((chosen) => ({ args, chosen }));
    });
    fc.assert(
      fc.property(deferrable, ({ args, chosen }) => {
        const outermost = chosen.filter((path) => !chosen.some((other) => isInside(path, other)));
        const outputs = outermost.map((path) => ({ path, output: later(valueAt(args, path)) }));
        const deferredArgs = outputs.reduce<unknown>(
          (all, { path, output }) => changed(all, path, output),
          args,
        );
        assert.deepEqual(problemStrings(deferredArgs), []);
        const settings = resolveSettings("user-events", deferredArgs as object);
        for (const { path, output } of outputs) assert.equal(valueAt(settings, path), output);
      }),
      { numRuns: 150 },
    );
  });

  it("does not compare a deferred value with other settings", () => {
    const args: object[] = [
      { existing: { streamArn: later("x"), keyArn: arns.keyArn } },
      { delivery: { prefix: later("errors/") } },
      { delivery: { errorPrefix: later("") } },
      { delivery: { prefix: later("raw/"), errorPrefix: "!{firehose:error-output-type}/" } },
      { delivery: { compression: later("ZIP"), fileExtension: ".json.zip" } },
      { bucket: { tiering: [{ storageClass: "GLACIER", afterDays: 9 }], expiryDays: later(1) } },
      { stream: { retentionHours: later(8760) }, alarms: { iteratorAge: { threshold: 9e9 } } },
      {
        delivery: { bufferIntervalSeconds: later(60) },
        alarms: { dataFreshness: { threshold: 60 } },
      },
      {
        existing: { bucketArn: later("x") },
        delivery: { errorPrefix: "!{firehose:error-output-type}" },
      },
    ];
    for (const each of args) assert.deepEqual(problemStrings(each), []);
  });

  it("reports a value that must be known once, even if others are compared with it", () => {
    const errorPrefix = "!{firehose:error-output-type}/";
    assert.deepEqual(problemStrings({ existing: later({}), delivery: { errorPrefix } }), [
      `existing ${mustBeKnown}`,
    ]);
    assert.deepEqual(
      problemStrings({ bucket: { accessLogs: later(true), accessLogExpiryDays: 7 } }),
      [`bucket.accessLogs ${mustBeKnown}`],
    );
  });

  it("treats a setting with a deferred value as set", () => {
    assert.deepEqual(
      problemStrings({ existing: { bucketArn: later("x"), bucketAccountId: "123456789012" } }),
      [],
    );
    const noEffect = "has no effect on the existing stream";
    assert.deepEqual(
      problemStrings({
        existing: { streamArn: later("x") },
        stream: { retentionHours: 24, shardCount: later(1) },
      }),
      [`stream.retentionHours ${noEffect}`, `stream.shardCount ${noEffect}`],
    );
    assert.deepEqual(
      problemStrings({ existing: { keyArn: later("x") }, encryption: { mode: "aws-managed" } }),
      ["encryption.mode is aws-managed, so existing.keyArn would not be used"],
    );
    assert.deepEqual(problemStrings({ bucket: { accessLogExpiryDays: later(7) } }), [
      "bucket.accessLogExpiryDays has no effect without a bucket for access logs",
    ]);
  });

  it("rejects a deferred value that determines which resources exist", () => {
    assert.deepEqual(
      problemStrings({ protect: later(true), encryption: { mode: later("aws-managed") } }),
      [`protect ${mustBeKnown}`, `encryption.mode ${mustBeKnown}`],
    );
    assert.deepEqual(
      problemStrings({ alarms: { enabled: later(true), iteratorAge: { enabled: later(true) } } }),
      [`alarms.enabled ${mustBeKnown}`, `alarms.iteratorAge.enabled ${mustBeKnown}`],
    );
    assert.deepEqual(problemStrings({ delivery: { delimiter: later("none") } }), [
      `delivery.delimiter ${mustBeKnown}`,
    ]);
  });

  it("rejects a deferred group", () => {
    for (const group of Object.keys(defaults).filter((name) => name !== "protect"))
      assert.deepEqual(problemStrings({ [group]: later({}) }), [`${group} ${mustBeKnown}`]);
    assert.deepEqual(problemStrings({ alarms: { iteratorAge: later({}) } }), [
      `alarms.iteratorAge ${mustBeKnown}`,
    ]);
  });

  it("rejects an unknown name even if its value is deferred", () => {
    assert.deepEqual(problemStrings({ delivery: { bufferSizeMB: later(5) }, strem: later({}) }), [
      "delivery.bufferSizeMB is not a setting; did you mean bufferSizeMiB?",
      "strem is not a setting; did you mean stream?",
    ]);
    assert.deepEqual(problemStrings({ tags: { "aws:x": later("1") } }), [
      'tags["aws:x"] has a name that is not allowed',
    ]);
    assert.deepEqual(problemStrings({ constructor: later(1), toString: Promise.resolve(1) }), [
      "constructor is not a setting",
      "toString is not a setting",
    ]);
  });

  it("never shows a secret in an error", () => {
    const secret = pulumi.secret("hush");
    const args = { stream: { retentionHours: secret, shardCount: 0 }, protect: secret } as object;
    assert.throws(
      () => resolveSettings("user-events", args),
      (error: Error) => {
        assert.match(error.message, /stream\.shardCount is 0/);
        assert.doesNotMatch(error.message, /hush/);
        return true;
      },
    );
  });
});
