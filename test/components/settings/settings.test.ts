import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { resolveSettings, settingsProblems } from "../../../components/settings/settings";

/** The problems as "path reason". */
const problems = (args: object, name: unknown = "user-events") =>
  settingsProblems(name, args).map(({ path, reason }) => `${path.join(".")} ${reason}`);

const streamArn = "arn:aws:kinesis:us-east-1:123456789012:stream/user-events-stream";
const bucketArn = "arn:aws:s3:::my-data-lake-bucket";
const roleArn = "arn:aws:iam::123456789012:role/FirehoseDeliveryRole";
const keyArn = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

describe("settings", () => {
  it("are all optional", () => {
    assert.deepEqual(problems({}), []);
  });

  it("have safe defaults", () => {
    assert.deepEqual(resolveSettings("user-events", {}), {
      stream: { retentionHours: 168 },
      bucket: {
        versioning: true,
        noncurrentExpiryDays: 90,
        errorExpiryDays: 30,
        forceDestroy: false,
      },
      delivery: {
        bufferSizeMiB: 64,
        bufferIntervalSeconds: 300,
        compression: "GZIP",
        prefix: "raw/user-events/!{timestamp:yyyy/MM/dd}/",
        errorPrefix: "errors/user-events/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
        timeZone: "UTC",
        delimiter: "newline",
        logRetentionDays: 90,
      },
      encryption: { mode: "customer-managed" },
      existing: {},
      protect: true,
      tags: {},
    });
  });

  describe("refuse", () => {
    const refused: [string, object, string[]][] = [
      ["too few hours", { stream: { retentionHours: 23 } }, ["stream.retentionHours is 23"]],
      ["too many hours", { stream: { retentionHours: 8761 } }, ["stream.retentionHours is 8761"]],
      ["half a shard", { stream: { shardCount: 1.5 } }, ["stream.shardCount is 1.5"]],
      ["no shards", { stream: { shardCount: 0 } }, ["stream.shardCount is 0"]],
      ["an empty buffer", { delivery: { bufferSizeMiB: 0 } }, ["delivery.bufferSizeMiB is 0"]],
      ["a number as text", { delivery: { bufferSizeMiB: "5" } }, ['delivery.bufferSizeMiB is "5"']],
      [
        "more than fifteen minutes",
        { delivery: { bufferIntervalSeconds: 901 } },
        ["delivery.bufferIntervalSeconds is 901"],
      ],
      [
        "compressions in the wrong case",
        { delivery: { compression: "gzip" } },
        ['delivery.compression is "gzip"'],
      ],
      [
        "log retention that CloudWatch does not have",
        { delivery: { logRetentionDays: 10 } },
        ["delivery.logRetentionDays is 10"],
      ],
      [
        "three-letter time zones",
        { delivery: { timeZone: "CET" } },
        ['delivery.timeZone is "CET"'],
      ],
      ["null", { stream: { retentionHours: null } }, ["stream.retentionHours is null"]],
      ["a group that is none", { stream: 24 }, ["stream is 24"]],
      ["tags of AWS", { tags: { "aws:x": "1" } }, ['tags.aws:x is "1"']],
      ["names for ARNs", { existing: { roleArn: "Role" } }, ['existing.roleArn is "Role"']],
      [
        "settings for a stream that is not managed",
        { existing: { streamArn }, stream: { retentionHours: 24 } },
        ["stream.retentionHours has no effect on the existing stream user-events-stream"],
      ],
      [
        "settings for a bucket that is not managed",
        { existing: { bucketArn }, bucket: { versioning: false } },
        ["bucket.versioning has no effect on the existing bucket my-data-lake-bucket"],
      ],
      [
        "a key without use",
        { existing: { keyArn }, encryption: { mode: "aws-managed" } },
        ["encryption.mode is aws-managed, which leaves existing.keyArn without use"],
      ],
      [
        "a role of another account",
        { existing: { streamArn, roleArn: roleArn.replace("123456789012", "210987654321") } },
        ["existing.roleArn is of account 210987654321, but existing.streamArn is of 123456789012"],
      ],
      [
        "a key of another region",
        { existing: { streamArn, keyArn: keyArn.replace("us-east-1", "eu-west-1") } },
        ["existing.keyArn is of region eu-west-1, but existing.streamArn is of us-east-1"],
      ],
      [
        "a bucket of another partition",
        { existing: { streamArn, bucketArn: bucketArn.replace("arn:aws", "arn:aws-cn") } },
        ["existing.bucketArn is of partition aws-cn, but existing.streamArn is of aws"],
      ],
    ];
    for (const [what, args, expected] of refused)
      it(what, () => {
        assert.deepEqual(problems(args), expected);
      });

    for (const name of ["", "x", "User-Events", "user_events", "-events", "a".repeat(41), 7])
      it(`the name ${JSON.stringify(name)}`, () => {
        assert.deepEqual(problems({}, name), [`name is ${JSON.stringify(name)}`]);
      });
  });

  it("name the nearest setting for one that does not exist", () => {
    assert.deepEqual(problems({ delivery: { bufferSizeMB: 5 }, strem: {}, zzz: 1 }), [
      "delivery.bufferSizeMB is not a setting; did you mean bufferSizeMiB?",
      "strem is not a setting; did you mean stream?",
      "zzz is not a setting",
    ]);
  });

  it("report what is wrong with prefixes beside all other problems", () => {
    const args = {
      delivery: { prefix: "raw/!{timestamp:YYYY}/", bufferSizeMiB: 500 },
      existing: { streamArn: "x" },
    };
    const found = problems(args);
    assert.equal(found.length, 3);
    assert.match(found[0] ?? "", /^delivery.bufferSizeMiB is 500/);
    assert.match(found[1] ?? "", /^existing.streamArn is "x"/);
    assert.match(found[2] ?? "", /^delivery.prefix has "Y"/);
  });

  it("refuse errors that would lie among the data", () => {
    const [found = ""] = problems({
      delivery: { errorPrefix: "raw/user-events/!{firehose:error-output-type}/" },
    });
    assert.match(found, /^delivery.errorPrefix begins with "raw\/user-events\/"/);
  });

  for (const [prefix, errorPrefix] of [
    ["raw/!{timestamp:yyyy}/", "!{firehose:error-output-type}/"],
    ["raw/events/", "raw!{firehose:error-output-type}/"],
    ["", "errors/!{firehose:error-output-type}/"],
  ] as const)
    it(`let no data expire with the errors: "${prefix}" beside "${errorPrefix}"`, () => {
      const args = { delivery: { prefix, errorPrefix } };
      const [found = ""] = problems(args);
      if (prefix === "") assert.equal(found, "");
      else assert.match(found, /^delivery.errorPrefix .* would take it along when they expire$/);
      assert.deepEqual(problems({ ...args, existing: { bucketArn } }), []);
    });

  describe("that only the deployment knows", () => {
    const later = <T>(value: T) => pulumi.output(Promise.resolve(value));

    it("are not judged, and stay what they are", () => {
      const retentionHours = later(1);
      const settings = resolveSettings("user-events", {
        stream: { retentionHours },
        tags: { team: later("growth") },
      });
      assert.equal(settings.stream.retentionHours, retentionHours);
      assert.ok(pulumi.Output.isInstance(settings.tags["team"]));
    });

    it("take no part in comparisons", () => {
      assert.deepEqual(problems({ existing: { streamArn: later("x"), keyArn } }), []);
      assert.deepEqual(problems({ delivery: { prefix: later("errors/") } }), []);
    });

    it("cannot decide which resources there are", () => {
      const reason = "is an Output, but decides which resources there are";
      assert.deepEqual(
        problems({ protect: later(true), encryption: { mode: later("aws-managed") } }),
        [`protect ${reason}`, `encryption.mode ${reason}`],
      );
      assert.deepEqual(problems({ stream: later({}) }), [`stream ${reason}`]);
    });
  });

  it("never crash, whatever is given", () => {
    const groups = ["stream", "bucket", "delivery", "encryption", "existing", "protect", "tags"];
    const args = fc.dictionary(
      fc.oneof(fc.constantFrom(...groups), fc.string()),
      fc.oneof(fc.anything(), fc.object()),
    );
    fc.assert(
      fc.property(fc.anything(), args, (name, given) => {
        for (const { path, reason, allowed } of settingsProblems(name, given)) {
          assert.ok(path.length > 0 && reason.length > 0 && allowed.length > 0);
        }
      }),
    );
  });

  it("accept every value within the ranges, and complete it", () => {
    const args = fc.record(
      {
        stream: fc.record(
          {
            shardCount: fc.integer({ min: 1, max: 10_000 }),
            retentionHours: fc.integer({ min: 24, max: 8760 }),
          },
          { requiredKeys: [] },
        ),
        delivery: fc.record(
          {
            bufferSizeMiB: fc.integer({ min: 1, max: 128 }),
            bufferIntervalSeconds: fc.integer({ min: 0, max: 900 }),
            compression: fc.constantFrom("GZIP", "UNCOMPRESSED", "ZIP", "Snappy", "HADOOP_SNAPPY"),
          },
          { requiredKeys: [] },
        ),
        protect: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(args, (given) => {
        const settings = resolveSettings("user-events", given);
        assert.deepEqual({ ...settings.stream, ...given.stream }, settings.stream);
        assert.deepEqual({ ...settings.delivery, ...given.delivery }, settings.delivery);
        assert.equal(settings.protect, given.protect ?? true);
      }),
    );
  });
});
