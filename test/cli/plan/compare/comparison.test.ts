import assert from "node:assert/strict";
import pc from "picocolors";
import type { AccessVerdict } from "../../../../cli/plan/access/accessVerdict";
import { compareStacks } from "../../../../cli/plan/compare/comparison";
import { comparisonReport } from "../../../../cli/plan/compare/comparisonReport";
import { Secret, Unknown } from "../../../../engine/graph/resourceGraph";
import type { Violation } from "../../../../engine/policy/policyReport";
import { assertSnapshot } from "../../../support/snapshot";
import {
  type Declared,
  declared,
  type DeclaredStack,
  lake,
  plain,
  planOf,
  settingsOutput,
} from "../../support/planGraph";

const stream = (retentionPeriod: number, more: Partial<Declared> = {}): Declared =>
  declared("aws:kinesis/stream:Stream", { inputs: { retentionPeriod }, ...more });
const bucket = (name: string, more: Partial<Declared> = {}): Declared =>
  declared("aws:s3/bucket:Bucket", { name, ...more });
const rolePolicy = (...statements: readonly object[]): Declared =>
  declared("aws:iam/rolePolicy:RolePolicy", {
    inputs: { policy: JSON.stringify({ Statement: statements }) },
  });

type Half = readonly Declared[] | Partial<DeclaredStack>;

function compared(here: Half, there: Half) {
  const stackOf = (stack: string, half: Half): DeclaredStack =>
    "length" in half ? { stack, resources: half } : { stack, resources: [], ...half };
  return compareStacks(planOf(stackOf("dev", here)), planOf(stackOf("prod", there)));
}

function textOf(here: Half, there: Half): string {
  return comparisonReport(compared(here, there), plain);
}

const NO_DIFFERENCES = "dev and prod have no relevant differences\n";

describe("the comparison of two stacks", () => {
  it("is one line without relevant differences", () => {
    assert.equal(
      textOf([stream(24), bucket("lake")], [stream(24), bucket("lake")]),
      NO_DIFFERENCES,
    );
  });

  it("shows settings in one column for each stack, and marks defaults", () => {
    const values = { "stream.retentionHours": "24", "delivery.timeZone": "UTC" };
    const topic = "arn:aws:sns:us-east-1:123456789012:a-topic-with-a-name-of-some-length";
    const here = { ...values, "alarms.actionArns": "[]", "bucket.expiryDays": "400" };
    const there = {
      ...{ ...values, "stream.retentionHours": "168", "delivery.timeZone": "UTC" },
      ...{ "alarms.actionArns": `["${topic}"]`, "stream.shardCount": "2" },
    };
    assertSnapshot(
      "compare/settings.txt",
      textOf(
        [lake(settingsOutput(here, ["stream.retentionHours", "delivery.timeZone"]))],
        [lake(settingsOutput(there, ["alarms.actionArns", "stream.shardCount"]))],
      ),
    );
  });

  it("shows resources with different facts, statements or protection", () => {
    const allow = (...actions: readonly string[]) => ({
      ...{ Sid: "Write", Effect: "Allow", Resource: "*" },
      Action: actions,
    });
    const here = [lake("none", [stream(24), rolePolicy(allow("s3:PutObject"))])];
    const there = [
      lake("none", [
        stream(168, { options: { protect: true } }),
        rolePolicy(allow("s3:PutObject", "s3:GetObject"), { Effect: "Deny", Action: "s3:*" }),
      ]),
    ];
    assertSnapshot("compare/resources.txt", textOf(here, there));
  });

  it("distinguishes statements that allow the same actions on other resources", () => {
    const allow = (resource: string) => ({
      ...{ Sid: "Write", Effect: "Allow", Action: "s3:PutObject" },
      Resource: resource,
    });
    const text = textOf([rolePolicy(allow("arn:aws:s3:::lake/*"))], [rolePolicy(allow("*"))]);
    assert.match(text, /dev +allow s3:PutObject\n +prod +allow s3:PutObject, on other resources/);
  });

  it("lists the resources that only one stack has by type", () => {
    const there = [bucket("lake"), bucket("logs"), stream(24), bucket("more")];
    assert.match(
      textOf([bucket("lake"), declared("aws:sns/topic:Topic")], there),
      new RegExp(
        "\n\nOnly in dev\n  aws:sns:Topic  events\n\n" +
          "Only in prod\n  aws:s3:Bucket  logs, more\n  aws:kinesis:Stream  events\n\n" +
          "dev and prod differ in 1 resource only in dev, 3 resources only in prod\n$",
      ),
    );
  });

  it("matches resources by type, name and parents", () => {
    const { resources, onlyHere, onlyThere } = compared(
      [lake("none", [stream(24)]), { ...stream(24), name: "clicks" }],
      [stream(168), { ...lake("none"), name: "clicks" }],
    );
    assert.deepEqual(resources, []);
    assert.deepEqual(
      onlyHere.map(({ urn }) => urn.slice("urn:pulumi:dev::shop::".length)),
      [
        "acme:index:Lake::events",
        "acme:index:Lake$aws:kinesis/stream:Stream::events",
        "aws:kinesis/stream:Stream::clicks",
      ],
    );
    assert.deepEqual(
      onlyThere.map(({ urn }) => urn.slice("urn:pulumi:prod::shop::".length)),
      ["aws:kinesis/stream:Stream::events", "acme:index:Lake::clicks"],
    );
  });

  it("ignores differences that follow from stack name, generated IDs, account and region", () => {
    const half = (
      stack: string,
      place: Readonly<Record<"arn" | "s3" | "hash" | "key", string>>,
    ) => {
      const [bucketName, alarmName] = [`lake-${stack}-${place.hash}`, `age-${place.hash}`];
      const logging = { targetBucket: bucketName, targetPrefix: `logs/${stack}/` };
      const prefix = { "delivery.prefix": `raw/${stack}/` };
      return [
        lake(settingsOutput(prefix)),
        bucket(`lake-${stack}`, { id: bucketName }),
        declared("aws:kms/key:Key", { id: place.key }),
        declared("aws:s3/bucketLogging:BucketLogging", { inputs: logging }),
        declared("aws:cloudwatch/metricAlarm:MetricAlarm", { name: "age" }),
        declared("aws:cloudwatch/compositeAlarm:CompositeAlarm", {
          inputs: { alarmRule: `ALARM("${place.arn}:alarm:${alarmName}")` },
        }),
        rolePolicy({
          ...{ Sid: "Use", Effect: "Allow", Action: "kms:Decrypt" },
          Resource: [`${place.arn}:key/${place.key}`],
          Condition: { StringEquals: { "kms:ViaService": place.s3 } },
        }),
      ];
    };
    const here = half("dev", {
      arn: "arn:aws:kms:us-east-1:123456789012",
      s3: "s3.us-east-1.amazonaws.com",
      hash: "6854b01",
      key: "1234abcd-12ab-34cd-56ef-1234567890ab",
    });
    const resources = half("prod", {
      arn: "arn:aws-cn:kms:cn-north-1:210987654321",
      s3: "s3.cn-north-1.amazonaws.com.cn",
      hash: "f5e0b6d",
      key: "4321abcd-12ab-34cd-56ef-1234567890ab",
    });
    assertSnapshot("compare/region.txt", textOf(here, { region: "cn-north-1", resources }));
  });

  it("shows differences in names and IDs that the program sets", () => {
    const logging = (targetBucket: string) => [
      declared("aws:s3/bucketLogging:BucketLogging", { inputs: { targetBucket } }),
    ];
    for (const [mine, theirs] of [
      ["team-6854b01", "team-f5e0b6d"],
      ["1234abcd-12ab-34cd-56ef-1234567890ab", "4321abcd-12ab-34cd-56ef-1234567890ab"],
      ["development", "production"],
    ] as const)
      assert.notEqual(textOf(logging(mine), logging(theirs)), NO_DIFFERENCES);
  });

  it("compares numbers unchanged if the name of a stack is a number", () => {
    const stackOf = (stack: string) => planOf({ stack, resources: [stream(Number(stack))] });
    const { resources } = compareStacks(stackOf("24"), stackOf("48"));
    assert.deepEqual(resources[0]?.differences, [
      { what: "retention", here: "24 h", there: "48 h" },
    ]);
  });

  it("shows a setting that a stack sets even if only the name of the stack differs", () => {
    const tags = (environment: string) => [lake(settingsOutput({ tags: environment }, ["tags"]))];
    assert.match(textOf(tags("dev"), tags("prod")), /\n {2}tags +dev +prod\n/);
  });

  it("shows that the settings of one stack are unknown", () => {
    const text = textOf(
      [lake(new Unknown())],
      [lake(settingsOutput({ "stream.retentionHours": "24" }))],
    );
    assert.match(text, /\n {2}all +\[unknown\] +-\n/);
  });

  it("shows each tag once, and no tags of a component that reports its settings", () => {
    const half = (team: string) => {
      const inputs = { tags: { team, owner: "lake" } };
      const settings = settingsOutput({ "stream.retentionHours": "24" });
      return [
        ...[bucket("one", { inputs }), bucket("two", { inputs })],
        lake(settings, [stream(24, { inputs: { retentionPeriod: 24, ...inputs } })]),
      ];
    };
    assert.match(
      textOf(half("clicks"), [...half("views"), bucket("one")].slice(0, -1)),
      /\n\nTags +dev +prod\n {2}team, on 2 resources +clicks +views\n\ndev and prod differ in 1 tag\n$/,
    );
  });

  it("shows the policy findings that only one stack has", () => {
    const urn = (stack: string) => `urn:pulumi:${stack}::shop::aws:kinesis/stream:Stream::events`;
    const violation = (stack: string, policy: string, level: Violation["level"]): Violation => ({
      ...{ policy, level, severity: "high", urn: urn(stack) },
      message: `${stack} has a problem`,
    });
    const undecided = { policy: "tls", urn: urn("prod"), reason: "unknown" };
    const here = {
      resources: [stream(24)],
      report: {
        violations: [
          violation("dev", "retention", "mandatory"),
          violation("dev", "owner", "advisory"),
        ],
      },
    };
    const there = {
      resources: [stream(24)],
      report: {
        violations: [violation("prod", "owner", "advisory")],
        undecided: [undecided],
      },
    };
    assertSnapshot("compare/findings.txt", textOf(here, there));
  });

  it("counts mandatory violations that both stacks have", () => {
    const half = (stack: string) => {
      const urn = `urn:pulumi:${stack}::shop::aws:kinesis/stream:Stream::events`;
      const message = `retention of ${stack} is too short`;
      return {
        resources: [stream(24)],
        report: {
          violations: [
            { policy: "r", level: "mandatory", severity: "high", urn, message } as const,
          ],
        },
      };
    };
    const text = textOf(half("dev"), half("prod"));
    assert.equal(text, `${NO_DIFFERENCES}mandatory violations: 1 in dev, 1 in prod\n`);
  });

  it("lists no settings of a part that is off in both stacks, or is on with its defaults in one", () => {
    const settings = (values: Readonly<Record<string, string>>, set: readonly string[] = []) => [
      lake(settingsOutput(values, set)),
    ];
    const alarms = (enabled: string, threshold: string, own = "true") => ({
      "alarms.enabled": enabled,
      "alarms.stalled.enabled": own,
      "alarms.stalled.threshold": threshold,
    });
    const off = "alarms.stalled.threshold";
    const differing = (here: Half, there: Half): unknown =>
      compared(here, there).settings.map(({ setting, here: mine, there: theirs }) => [
        setting,
        mine?.value,
        theirs?.value,
      ]);
    const enabled = ["alarms.enabled", "false", "true"];
    assert.deepEqual(
      differing(settings(alarms("false", "1"), [off]), settings(alarms("false", "2"), [off])),
      [],
    );
    assert.deepEqual(
      differing(settings(alarms("false", "1"), [off]), settings(alarms("true", "2"))),
      [enabled],
    );
    assert.deepEqual(
      differing(settings(alarms("false", "1")), settings(alarms("true", "2"), [off])),
      [enabled, [off, undefined, "2"]],
    );
    assert.deepEqual(
      differing(settings(alarms("true", "1", "false")), settings(alarms("true", "2", "false"))),
      [],
    );
    assert.deepEqual(
      differing(settings(alarms("true", "1"), [off]), settings(alarms("true", "2"))),
      [[off, "1", "2"]],
    );
    const logs = { "bucket.accessLogs": "false", "bucket.accessLogExpiryDays": "7" };
    const kept = { "bucket.accessLogs": "false", "bucket.accessLogExpiryDays": "8" };
    assert.deepEqual(differing(settings(logs), settings(kept)), []);
    const bucketArn = "arn:aws:s3:::lake";
    const existing = (days: string) => ({
      "existing.bucketArn": bucketArn,
      "bucket.expiryDays": days,
    });
    assert.deepEqual(differing(settings(existing("1")), settings(existing("2"))), []);
  });

  it("shows the results of access checks that only one stack has, and counts denied calls", () => {
    const urn = (stack: string) =>
      `urn:pulumi:${stack}::shop::aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream::events`;
    const grant = { policy: "role", statement: "Write", action: "s3:*", resource: "*" };
    const verdict = (stack: string, more: Partial<AccessVerdict>): AccessVerdict => ({
      ...{
        deliveryStream: urn(stack),
        calls: ["PutObject", "GetRecords"],
        allowed: [],
        denied: [],
      },
      ...{ undecided: [], unused: { documented: [], tooMuch: [] }, assumptions: [] },
      ...more,
    });
    const denied = (stack: string, account: string) => ({
      ...{ call: "PutObject", action: "s3:PutObject", resource: `arn:aws:s3:::${stack}-lake/*` },
      message: `User: arn:aws:sts::${account}:assumed-role/${stack}-role/events is denied`,
    });
    const token = new Secret("hush-hush");
    const plan = (stack: string, more: Partial<AccessVerdict>) => ({
      ...planOf({ stack, resources: [bucket("lake", { inputs: { token } })] }),
      access: [verdict(stack, more)],
    });
    const here = plan("dev", {
      denied: [denied("dev", "123456789012")],
      unused: { documented: [], tooMuch: [grant, { ...grant, resource: "hush-hush" }] },
    });
    const there = plan("prod", {
      denied: [denied("prod", "123456789012")],
      undecided: [{ reason: "the policy is unknown", calls: ["GetRecords"] }],
      unused: { documented: [], tooMuch: [grant] },
    });
    const comparison = compareStacks(here, there);
    assert.deepEqual(
      comparison.access.map(({ stack, result, text }) => [stack, result, text]),
      [
        ["dev", "unnecessary grant", "role, Write: s3:* on [secret]"],
        ["prod", "undecided", "the policy is unknown: GetRecords"],
      ],
    );
    assert.deepEqual(comparison.deniedCalls, { here: 1, there: 1 });
    assertSnapshot("compare/access.txt", comparisonReport(comparison, plain));
  });

  it("redacts the secrets of both stacks in all values", () => {
    const half = (secret: string, other: string) => {
      const tags = { token: new Secret(secret) };
      const settings = settingsOutput(
        { prefix: `raw/${secret}/${other}/`, token: new Secret(secret) },
        [],
      );
      const logging = { targetPrefix: `logs/${secret}/${other}/`, targetBucket: new Unknown() };
      return [
        bucket("lake", { inputs: { tags } }),
        lake(settings, [declared("aws:s3/bucketLogging:BucketLogging", { inputs: logging })]),
      ];
    };
    const [here, there] = [half("hush-hush", "day"), half("sesame-open", "night")];
    const comparison = compared(here, there);
    const text = comparisonReport(comparison, plain) + JSON.stringify(comparison);
    assert.match(text, /raw\/\[secret\]\/day/);
    assert.doesNotMatch(text, /hush|sesame/);
    assert.equal(textOf(half("hush-hush", "day"), half("sesame-open", "day")), NO_DIFFERENCES);
  });

  it("fits into its width and has colors only if they are enabled", () => {
    const long = (word: string) =>
      settingsOutput({ prefix: `${word}/`.repeat(40), tags: `${word} `.repeat(40) });
    const [here, there] = [[lake(long("a")), bucket("a")], [lake(long("b"))]];
    for (const columns of [40, 80, 120]) {
      const text = comparisonReport(compared(here, there), { ...plain, columns });
      for (const line of text.split("\n")) assert.ok(line.length <= columns, line);
    }
    const escape = "\u001b[";
    assert.ok(!textOf(here, there).includes(escape));
    const colors = pc.createColors(true);
    assert.ok(comparisonReport(compared(here, there), { ...plain, colors }).includes(escape));
  });
});
