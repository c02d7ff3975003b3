import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import type { Path } from "../../../components/settings/problem";
import { resolveSettings } from "../../../components/settings/settings";
import { valueAt } from "../../../components/settings/valueAt";
import { changed } from "./support/changed";
import { own } from "./rules/rule";
import { told } from "./support/told";
import { validArgs } from "./support/validArgs";

const later = <T>(value: T) => pulumi.output(Promise.resolve(value));
const tooLate = "is an Output, but decides which resources there are";

/** What must be known when the program runs. */
const decisive =
  /^(protect|tags|[a-z]+|bucket\.(versioning|accessLogs|forceDestroy|tiering.*)|delivery\.delimiter|encryption\.\w+|alarms\.(enabled|dashboard|\w+\.enabled|[a-z]+[A-Z][a-zA-Z]+(?<!Arns)))$/;

/** Every place in args that holds something, groups and lists among them. */
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

describe("settings that only the deployment knows", () => {
  it("are not judged, and stay what they are", () => {
    const retentionHours = later(1);
    const team = Promise.resolve("growth");
    const settings = resolveSettings("user-events", { stream: { retentionHours }, tags: { team } });
    assert.equal(settings.stream.retentionHours, retentionHours);
    assert.equal(settings.tags["team"], team);
  });

  it("can stand anywhere in valid args where they decide nothing", () => {
    const deferrable = validArgs.chain((args) => {
      const all = places(args).filter((path) => !decisive.test(path.join(".")));
      return fc.subarray(all).map((chosen) => ({ args, chosen }));
    });
    fc.assert(
      fc.property(deferrable, ({ args, chosen }) => {
        const outermost = chosen.filter((path) => !chosen.some((other) => isInside(path, other)));
        const outputs = outermost.map((path) => ({ path, output: later(valueAt(args, path)) }));
        const given = outputs.reduce<unknown>(
          (all, { path, output }) => changed(all, path, output),
          args,
        );
        assert.deepEqual(told(given), []);
        const settings = resolveSettings("user-events", given as object);
        for (const { path, output } of outputs) assert.equal(valueAt(settings, path), output);
      }),
      { numRuns: 200 },
    );
  });

  it("take no part in comparisons", () => {
    const args: object[] = [
      { existing: { streamArn: later("x"), keyArn: own.keyArn } },
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
    for (const each of args) assert.deepEqual(told(each), []);
  });

  it("are told once if they must be known, whatever is compared with them", () => {
    const errorPrefix = "!{firehose:error-output-type}/";
    assert.deepEqual(told({ existing: later({}), delivery: { errorPrefix } }), [
      `existing ${tooLate}`,
    ]);
    assert.deepEqual(told({ bucket: { accessLogs: later(true), accessLogExpiryDays: 7 } }), [
      `bucket.accessLogs ${tooLate}`,
    ]);
  });

  it("are there all the same", () => {
    assert.deepEqual(
      told({ existing: { bucketArn: later("x"), bucketAccountId: "123456789012" } }),
      [],
    );
    const beside = "has no effect on the existing stream";
    assert.deepEqual(
      told({
        existing: { streamArn: later("x") },
        stream: { retentionHours: 24, shardCount: later(1) },
      }),
      [`stream.retentionHours ${beside}`, `stream.shardCount ${beside}`],
    );
    assert.deepEqual(
      told({ existing: { keyArn: later("x") }, encryption: { mode: "aws-managed" } }),
      ["encryption.mode is aws-managed, which leaves existing.keyArn without use"],
    );
    assert.deepEqual(told({ bucket: { accessLogExpiryDays: later(7) } }), [
      "bucket.accessLogExpiryDays has no effect without a bucket for access logs",
    ]);
  });

  it("cannot decide which resources there are", () => {
    assert.deepEqual(told({ protect: later(true), encryption: { mode: later("aws-managed") } }), [
      `protect ${tooLate}`,
      `encryption.mode ${tooLate}`,
    ]);
    assert.deepEqual(
      told({ alarms: { enabled: later(true), iteratorAge: { enabled: later(true) } } }),
      [`alarms.enabled ${tooLate}`, `alarms.iteratorAge.enabled ${tooLate}`],
    );
    assert.deepEqual(told({ delivery: { delimiter: later("none") } }), [
      `delivery.delimiter ${tooLate}`,
    ]);
  });

  it("cannot be whole groups", () => {
    for (const group of ["stream", "bucket", "delivery", "roles", "alarms", "existing", "tags"])
      assert.deepEqual(told({ [group]: later({}) }), [`${group} ${tooLate}`]);
    assert.deepEqual(told({ alarms: { iteratorAge: later({}) } }), [
      `alarms.iteratorAge ${tooLate}`,
    ]);
  });

  it("do not make a setting of what is none", () => {
    assert.deepEqual(told({ delivery: { bufferSizeMB: later(5) }, strem: later({}) }), [
      "delivery.bufferSizeMB is not a setting; did you mean bufferSizeMiB?",
      "strem is not a setting; did you mean stream?",
    ]);
    assert.deepEqual(told({ tags: { "aws:x": later("1") } }), [
      'tags["aws:x"] has a name that is not allowed',
    ]);
    assert.deepEqual(told({ constructor: later(1), toString: Promise.resolve(1) }), [
      "constructor is not a setting",
      "toString is not a setting",
    ]);
  });

  it("never come back as secrets in an error", () => {
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
