import assert from "node:assert/strict";
import fc from "fast-check";
import { readPreview } from "../../../engine/preview/readPreview";
import { guardedTypes } from "../../../local/changes/guardedTypes";
import { evaluatePreview } from "../../../local/changes/evaluatePreview";

const STREAM = "aws:kinesis/stream:Stream";
const DELIVERY = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const BUCKET = "aws:s3/bucket:Bucket";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

type State = Readonly<Record<string, unknown>>;

function urnOf(type: string): string {
  return `urn:pulumi:prod::shop::${type}::lake`;
}

function step(op: string, type: string, before?: State, after?: State) {
  return {
    op,
    urn: urnOf(type),
    ...(before && { oldState: { type, ...before } }),
    ...(after && { newState: { type, ...after } }),
  };
}

function evaluated(steps: readonly object[], approved: readonly string[] = []) {
  return evaluatePreview(readPreview(JSON.stringify({ steps }), "preview.json"), approved);
}

/** What each finding says that the update would do. */
function changes(...steps: readonly object[]): string[] {
  return evaluated(steps).findings.map(({ change }) => change);
}

/** A change of inputs. */
function update(type: string, before: State, after: State) {
  return step("update", type, { inputs: before }, { inputs: after });
}

describe("evaluatePreview", () => {
  describe("replacement and deletion", () => {
    for (const [type, { kind, lost, safeWay }] of guardedTypes)
      it(`finds that ${type} is replaced, or deleted`, () => {
        const replaced = evaluated([step("replace", type, {}, {})]).findings;
        const deleted = evaluated([step("delete", type, {})]).findings;
        assert.deepEqual(
          [replaced, deleted].map((findings) => findings.map((finding) => finding.kind)),
          [["replacement"], ["deletion"]],
        );
        assert.deepEqual([replaced[0]?.lost, replaced[0]?.safeWay], [lost, safeWay], kind);
      });

    it("accepts what is neither data nor a safeguard", () => {
      const role = "aws:iam/role:Role";
      assert.deepEqual(changes(step("replace", role, {}, {}), step("delete", role, {})), []);
    });

    it("accepts new, unchanged and updated resources", () => {
      assert.deepEqual(
        changes(
          step("create", STREAM, undefined, {}),
          step("same", DELIVERY, {}, {}),
          update(BUCKET, { tags: {} }, { tags: { team: "lake" } }),
        ),
        [],
      );
    });

    it("finds one replacement in its three steps, and their order", () => {
      const old = step("delete-replaced", DELIVERY, {});
      const fresh = step("create-replacement", DELIVERY, {}, {});
      const replace = step("replace", DELIVERY, {}, {});
      assert.deepEqual(changes(old, replace, fresh), ["is deleted, and then created again"]);
      assert.deepEqual(changes(fresh, replace, old), ["is replaced"]);
    });

    it("names the properties that AWS cannot update", () => {
      const forced = {
        ...step("replace", DELIVERY, {}, {}),
        detailedDiff: { "kinesisSourceConfiguration.roleArn": { kind: "update-replace" } },
      };
      const [finding] = evaluated([forced]).findings;
      assert.equal(finding?.reason, "AWS cannot update kinesisSourceConfiguration.roleArn.");
    });

    it("finds a replacement for which the preview gives no reason", () => {
      const [finding] = evaluated([
        { ...step("replace", STREAM, {}, {}), replaceReasons: [] },
      ]).findings;
      assert.equal(finding?.kind, "replacement");
      assert.equal(finding.reason, undefined);
    });

    it("finds what an interrupted replacement would still delete", () => {
      assert.deepEqual(changes(step("same", BUCKET, {}, {}), step("delete", BUCKET, {})), [
        "is replaced",
      ]);
    });

    it("says that what is retained stays in AWS, and that a position is lost all the same", () => {
      const kept = { retainOnDelete: true };
      const [bucket] = evaluated([step("replace", BUCKET, kept, kept)]).findings;
      assert.match(bucket?.change ?? "", /the old one stays in AWS/);
      assert.match(bucket?.lost ?? "", /The new bucket is empty/);
      const [delivery] = evaluated([step("replace", DELIVERY, kept, kept)]).findings;
      assert.match(delivery?.lost ?? "", /position in the stream/);
      const [gone] = evaluated([step("delete", BUCKET, kept)]).findings;
      assert.equal(gone?.change, "leaves the stack and stays in AWS");
    });

    it("accepts that the stack does not read a resource any more", () => {
      assert.deepEqual(changes(step("discard", STREAM, { external: true })), []);
      assert.deepEqual(changes(step("delete", STREAM, { external: true })), []);
    });
  });

  describe("protection", () => {
    it("finds that protect is removed in a step without another change", () => {
      assert.deepEqual(changes(step("same", STREAM, { protect: true }, { protect: false })), [
        "loses the option protect",
      ]);
    });

    it("finds it on a resource of any type, and both options", () => {
      const both = { protect: true, retainOnDelete: true };
      assert.equal(changes(step("update", "aws:iam/role:Role", both, {})).length, 2);
    });

    it("accepts that protection is added", () => {
      assert.deepEqual(changes(step("same", STREAM, {}, { protect: true })), []);
    });

    const turnedOff: readonly (readonly [string, State, State])[] = [
      [BUCKET, { forceDestroy: false }, { forceDestroy: true }],
      [BUCKET, {}, { forceDestroy: UNKNOWN }],
      [
        "aws:s3/bucketVersioning:BucketVersioning",
        { versioningConfiguration: { status: "Enabled" } },
        { versioningConfiguration: { status: "Suspended" } },
      ],
      ["aws:kms/key:Key", {}, { isEnabled: false }],
    ];
    for (const [type, before, after] of turnedOff)
      it(`finds ${JSON.stringify(after)} on ${type}, and accepts the reverse`, () => {
        const [finding] = evaluated([update(type, before, after)]).findings;
        assert.equal(finding?.kind, "protection");
        if (!JSON.stringify(after).includes(UNKNOWN))
          assert.deepEqual(changes(update(type, after, before)), []);
      });
  });

  describe("retention", () => {
    const lowered: readonly (readonly [string, State, State, RegExp])[] = [
      [STREAM, { retentionPeriod: 168 }, { retentionPeriod: 24 }, /from 168 hours to 24 hours/],
      [STREAM, { retentionPeriod: 168 }, {}, /from 168 hours to 24 hours/],
      [STREAM, { retentionPeriod: "72" }, { retentionPeriod: "48" }, /from 72 hours to 48 hours/],
      [
        "aws-native:kinesis:Stream",
        { retentionPeriodHours: 48 },
        { retentionPeriodHours: 24 },
        /from 48 hours to 24/,
      ],
      ["aws:cloudwatch/logGroup:LogGroup", {}, { retentionInDays: 30 }, /from forever to 30 days/],
      [
        "aws:kms/key:Key",
        { deletionWindowInDays: 30 },
        { deletionWindowInDays: 7 },
        /from 30 days to 7 days/,
      ],
      [
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
        { rule: { defaultRetention: { mode: "COMPLIANCE", years: 1 } } },
        { rule: { defaultRetention: { mode: "COMPLIANCE", days: 30 } } },
        /from 365 days to 30 days/,
      ],
    ];
    for (const [type, before, after, change] of lowered)
      it(`finds ${JSON.stringify(after)} on ${type} instead of ${JSON.stringify(before)}, and accepts the reverse`, () => {
        assert.match(changes(update(type, before, after)).join(), change);
        assert.deepEqual(changes(update(type, after, before)), []);
      });

    it("finds a period that is unknown until the update", () => {
      assert.deepEqual(
        changes(update(STREAM, { retentionPeriod: 24 }, { retentionPeriod: UNKNOWN })),
        ["gets a retention period that is unknown until the update"],
      );
    });

    const rule = (days: number, prefix = "raw/", status = "Enabled") => ({
      id: `${prefix}${days}`,
      status,
      filter: { __defaults: [], prefix },
      expiration: { days },
    });
    const lifecycle = (before: readonly object[], after: readonly object[]) =>
      changes(update(LIFECYCLE, { rules: before }, { rules: after }));

    it("finds a rule that deletes objects earlier, and one that is new", () => {
      assert.deepEqual(lifecycle([rule(90)], [rule(30)]), [
        "deletes objects below raw/ after 30 days; before: 90 days",
      ]);
      assert.deepEqual(lifecycle([], [rule(30, "")]), [
        "deletes objects after 30 days; before: never",
      ]);
      assert.deepEqual(lifecycle([rule(30, "raw/", "Disabled")], [rule(30)]), [
        "deletes objects below raw/ after 30 days; before: never",
      ]);
    });

    it("accepts a rule that deletes later, that is disabled, renamed or removed", () => {
      assert.deepEqual(lifecycle([rule(30)], [rule(90)]), []);
      assert.deepEqual(lifecycle([rule(30)], [{ ...rule(30), id: "renamed" }]), []);
      assert.deepEqual(lifecycle([rule(30)], [rule(7, "raw/", "Disabled")]), []);
      assert.deepEqual(lifecycle([rule(30)], []), []);
    });

    it("finds a rule that deletes all objects from a date on, unless it did before", () => {
      const from = (date: string) => ({ ...rule(0), expiration: { date } });
      const date = "2027-01-01T00:00:00Z";
      assert.deepEqual(lifecycle([rule(30)], [from(date)]), [
        `deletes objects below raw/ from ${date} on; before: 30 days`,
      ]);
      assert.deepEqual(lifecycle([from(date)], [from(date)]), []);
    });

    it("finds former versions that are deleted earlier", () => {
      const versions = (noncurrentDays: number) => ({
        ...{ id: "v", status: "Enabled", filter: {} },
        noncurrentVersionExpiration: { noncurrentDays },
      });
      assert.deepEqual(lifecycle([versions(90)], [versions(7)]), [
        "deletes former versions after 7 days; before: 90 days",
      ]);
    });

    it("finds fewer former versions that stay, and accepts more of them", () => {
      const versions = (newerNoncurrentVersions?: number) => ({
        ...{ id: "v", status: "Enabled", filter: {} },
        noncurrentVersionExpiration: { noncurrentDays: 30, newerNoncurrentVersions },
      });
      assert.deepEqual(lifecycle([versions(5)], [versions(3)]), [
        "deletes former versions after 30 days, except for the newest 3; before: 30 days, except for the newest 5",
      ]);
      assert.deepEqual(lifecycle([versions(5)], [versions()]), [
        "deletes former versions after 30 days; before: 30 days, except for the newest 5",
      ]);
      assert.deepEqual(lifecycle([versions(3)], [versions(5)]), []);
      assert.deepEqual(lifecycle([versions()], [versions(5)]), []);
    });

    it("finds the same in rules that a bucket contains", () => {
      const inBucket = (type: string, inputs: (days: number) => Record<string, unknown>) => {
        const shorter = changes(update(type, inputs(90), inputs(30)));
        assert.deepEqual(changes(update(type, inputs(30), inputs(90))), [], type);
        return shorter;
      };
      const found = [
        "deletes objects below raw/ after 30 days; before: 90 days",
        "deletes former versions below raw/ after 30 days; before: 90 days",
      ];
      const own = { id: "raw", enabled: true, prefix: "raw/" };
      const cases: Readonly<Record<string, (days: number) => Record<string, unknown>>> = {
        [BUCKET]: (days) => ({
          lifecycleRules: [
            { ...own, expiration: { days }, noncurrentVersionExpiration: { days } },
            { ...own, enabled: false, expiration: { days: days - 1 } },
          ],
        }),
        "aws:s3/bucketV2:BucketV2": (days) => ({
          lifecycleRules: [
            { ...own, expirations: [{ days }], noncurrentVersionExpirations: [{ days }] },
          ],
        }),
        "aws-native:s3:Bucket": (days) => ({
          lifecycleConfiguration: {
            rules: [
              {
                ...{ status: "Enabled", prefix: "raw/", expirationInDays: days },
                noncurrentVersionExpiration: { noncurrentDays: days },
              },
            ],
          },
        }),
      };
      for (const [type, inputs] of Object.entries(cases))
        assert.deepEqual(inBucket(type, inputs), found, type);
      const tagged = { ...own, tags: { kind: "probe" }, expiration: { days: 1 } };
      assert.deepEqual(changes(update(BUCKET, {}, { lifecycleRules: [tagged] })), [
        'deletes objects that match {"prefix":"raw/","tags":{"kind":"probe"}} after 1 day; before: never',
      ]);
      assert.match(
        changes(update(BUCKET, { lifecycleRules: [] }, { lifecycleRules: UNKNOWN })).join(),
        /unknown until/,
      );
    });

    it("accepts rules that delete only markers, and that end incomplete uploads", () => {
      const harmless = [
        { id: "m", status: "Enabled", filter: {}, expiration: { expiredObjectDeleteMarker: true } },
        { id: "u", status: "Enabled", abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } },
      ];
      assert.deepEqual(lifecycle([], harmless), []);
    });

    it("finds rules that are unknown until the update", () => {
      assert.match(
        changes(update(LIFECYCLE, { rules: [] }, { rules: UNKNOWN })).join(),
        /unknown until/,
      );
      assert.match(
        lifecycle([rule(30)], [{ ...rule(30), expiration: { days: UNKNOWN } }]).join(),
        /unknown/,
      );
      assert.match(lifecycle([rule(30)], [rule(30, UNKNOWN)]).join(), /prefix that is unknown/);
    });
  });

  it("separates approved findings, and names approvals that nothing needs", () => {
    const steps = [step("replace", STREAM, {}, {}), step("delete", BUCKET, {})];
    const { findings, allowed, unused } = evaluated(steps, [urnOf(STREAM), "urn:other"]);
    assert.deepEqual(
      [findings, allowed].map((list) => list.map(({ urn }) => urn)),
      [[urnOf(BUCKET)], [urnOf(STREAM)]],
    );
    assert.deepEqual(unused, ["urn:other"]);
  });

  it("finds each guarded resource that leaves, in any order of any steps", () => {
    const operations = ["same", "update", "replace", "delete", "create", "refresh"];
    const anyStep = fc.record({
      op: fc.constantFrom(...operations),
      type: fc.constantFrom(STREAM, DELIVERY, BUCKET, "aws:iam/role:Role"),
    });
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1 }), (drawn) => {
        const { findings } = evaluated(drawn.map(({ op, type }) => step(op, type, {}, {})));
        const lost = drawn.filter(
          ({ op, type }) => ["replace", "delete"].includes(op) && guardedTypes.has(type),
        );
        assert.deepEqual(
          new Set(findings.map(({ urn }) => urn)),
          new Set(lost.map(({ type }) => urnOf(type))),
        );
      }),
    );
  });
});
