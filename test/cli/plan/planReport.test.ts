import assert from "node:assert/strict";
import fc from "fast-check";
import pc from "picocolors";
import type { PlanWithAccess } from "../../../cli/plan/access/planWithAccess";
import { planReport } from "../../../cli/plan/planReport";
import { gateOf } from "../../../cli/reports/gate";
import { fill, wrap, wrapHard } from "../../../cli/reports/wrapText";
import { Secret, Unknown } from "../../../engine/graph/resourceGraph";
import type { PolicyReport } from "../../../engine/policy/policyReport";
import { assertSnapshot } from "../../support/snapshot";
import { declared, plain, planOf, policyNamed } from "../support/planGraph";
import { exemption } from "../support/policyReports";

const STREAM = "urn:pulumi:dev::shop::acme:index:Lake$aws:kinesis/stream:Stream::events";
const STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";

const policy = {
  Statement: [
    { Sid: "Write", Effect: "Allow", Action: ["s3:PutObject", "s3:GetObject"] },
    { Effect: "Deny", NotAction: "s3:*" },
  ],
};

const children = [
  declared("aws:kinesis/stream:Stream", {
    inputs: {
      streamModeDetails: { streamMode: "ON_DEMAND" },
      retentionPeriod: 24,
      encryptionType: new Unknown(),
    },
    options: { protect: true, retainOnDelete: true },
  }),
  declared("aws:iam/rolePolicy:RolePolicy", { inputs: { policy: JSON.stringify(policy) } }),
  declared("aws:s3/bucketPolicy:BucketPolicy", { inputs: { policy: new Secret("{}") } }),
  declared("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", {
    inputs: {
      extendedS3Configuration: {
        prefix: "raw/user-events/!{timestamp:yyyy/MM/dd}/",
        errorOutputPrefix: "errors/user-events/!{firehose:error-output-type}/",
        bufferingSize: 5,
        bufferingInterval: 60,
      },
    },
  }),
  declared("aws:s3/bucket:Bucket", { name: "found", external: true }),
];

const outputs = {
  streamArn: `arn:aws:kinesis:us-east-1:123456789012:stream/${"a".repeat(25)}`,
  keys: [1, 2],
  token: new Secret("hush-hush"),
  document: `{"a":"${"hush-hush ".repeat(30)}"}`,
  statement: "CREATE TABLE events (\n  id string\n)",
  empty: "",
};

function planWith(report: Partial<PolicyReport> = {}): PlanWithAccess {
  const events = declared("acme:index:Lake", { custom: false, children });
  return planOf({ stack: "dev", resources: [events], outputs, report });
}

function textOf(stackPlan: PlanWithAccess, colors = pc.createColors(false)): string {
  return planReport(stackPlan, { ...plain, colors });
}

describe("the report of a plan", () => {
  it("shows the tree of resources with their details", () => {
    const [, tree = ""] = textOf(planWith()).split("\n\n");
    assertSnapshot("plan/resources.txt", `${tree}\n`);
  });

  it("shows outputs, with long values on a separate line or cut", () => {
    const [, , outputs = ""] = textOf(planWith()).split("\n\n");
    const lines = outputs.split("\n");
    assert.equal(lines[0], "Outputs");
    assert.equal(lines[1], "  streamArn");
    assert.equal(lines[2], `    arn:aws:kinesis:us-east-1:123456789012:stream/${"a".repeat(25)}`);
    assert.equal(lines[3], "  keys       [1,2]");
    assert.equal(lines[4], "  token      [secret]");
    assert.match(lines[6] ?? "", /^ {4}\{"a":"\[secret\] .*… \(--json\)$/);
    assert.equal(lines[7], "  statement  CREATE TABLE events ( id string )");
    assert.equal(lines[8], '  empty      ""');
  });

  it("shows policy findings by resource, with the counts in the last line", () => {
    const violation = { urn: STREAM, level: "mandatory", severity: "high" } as const;
    const text = textOf(
      planWith({
        policies: [
          policyNamed("retention", {
            description: "Streams keep records.",
            remediationSteps: `Set retentionPeriod${" to the hours that a replay may need".repeat(2)}.`,
            url: "https://docs.aws.amazon.com/streams/",
          }),
          policyNamed("owner"),
          policyNamed("off", { level: "disabled" }),
        ],
        violations: [
          {
            ...violation,
            policy: "retention",
            message: `Streams keep records.\n${"24 is less than 48 hours. ".repeat(4).trim()}`,
          },
          {
            ...violation,
            urn: STACK,
            policy: "owner",
            severity: "unspecified",
            message: "Who?\nhush-hush",
          },
          { ...violation, policy: "owner", level: "advisory", severity: "low", message: "Who?" },
          { ...violation, policy: "retention", message: "Who knows?" },
        ],
        undecided: [
          { policy: "tls", urn: "urn:gone", reason: "policy is unknown" },
          { policy: "public", urn: "urn:gone", reason: "policy is unknown" },
          { policy: "role", urn: "urn:gone", reason: "roleArn is unknown" },
        ],
        exemptions: [exemption({ resource: "events" }), exemption({ daysLeft: 3, endsSoon: true })],
        remediations: [
          { policy: "encryption", urn: STREAM, description: "Streams are encrypted." },
        ],
      }),
    );
    assertSnapshot("plan/report.txt", text);
  });

  it("names the types that no rule looks at, what the baseline contains and what has gone", () => {
    const plan = planWith({ evaluatedTypes: ["aws:kinesis/stream:Stream"] });
    const gone = [{ policy: "tls", urn: STREAM, result: "violation", message: "No TLS." } as const];
    const undecided = [{ policy: "tls", urn: STREAM, reason: "policy is unknown" }];
    const known = { violations: [], undecided, gone, file: "baseline.json" };
    const gate = { ...gateOf(plan), known };
    const text = planReport(plan, { ...plain, colors: pc.createColors(false) }, gate);
    const [, section = ""] = text.split("Policy pack strict 1.2.3\n\n");
    assertSnapshot("plan/gate.txt", section);
  });

  it("reports that there are no violations", () => {
    assert.match(textOf(planWith()), /\n7 resources, 1 rule: no violations\n$/);
  });

  it("counts components that are not evaluated, once each", () => {
    const stackPlan = planWith();
    const note = (subject: string) => ({ kind: "not evaluated", subject, message: "m" }) as const;
    const notes = [note(STREAM), note(STACK), note(STREAM), note("aws:index/getX:getX")];
    const graph = { ...stackPlan.graph, notes };
    assert.match(
      textOf({ ...stackPlan, graph }),
      /\n7 resources, 2 components not evaluated, 1 rule: no violations\n$/,
    );
    const { pack, ...report } = stackPlan.report;
    assert.ok(pack);
    assert.match(
      textOf({ ...stackPlan, graph, report }),
      /\n7 resources, 2 components not evaluated, no rules evaluated\n$/,
    );
  });

  it("shows what the graph lacks or assumes, by kind and subject", () => {
    const stackPlan = planWith();
    const zones = "aws:index/getAvailabilityZones:getAvailabilityZones";
    const notes = [
      { kind: "assumed", subject: zones, message: `The zones are made up${" again".repeat(12)}.` },
      { kind: "not evaluated", subject: STREAM, message: "Its children are hush-hush." },
      { kind: "input", subject: STREAM, message: "shards is not an input." },
      { kind: "input", subject: STREAM, message: "mode is not an input." },
    ] as const;
    const text = textOf({ ...stackPlan, graph: { ...stackPlan.graph, notes } });
    assert.equal(
      /\nNotes\n.*?\n\n/s.exec(text)?.[0],
      [
        "",
        "Notes",
        "  Not evaluated",
        "    events  aws:kinesis:Stream",
        "      Its children are [secret].",
        "  Assumed",
        `    ${zones}`,
        `      The zones are made up${" again".repeat(8)}`,
        `      ${"again ".repeat(4).trim()}.`,
        "  Unknown inputs",
        "    events  aws:kinesis:Stream",
        "      shards is not an input.",
        "      mode is not an input.",
        "",
        "",
      ].join("\n"),
    );
  });

  it("fits into its width, and redacts secrets", () => {
    const text = textOf(planWith());
    for (const line of text.split("\n")) assert.ok(line.length <= 80, line);
    assert.doesNotMatch(text, /hush/);
  });

  it("has colors only if they are enabled", () => {
    const escape = "\u001b[";
    assert.ok(!textOf(planWith()).includes(escape));
    assert.ok(textOf(planWith(), pc.createColors(true)).includes(escape));
  });
});

describe("wrapped text", () => {
  const words = fc.array(fc.stringMatching(/^\S{1,12}$/), { minLength: 1, maxLength: 30 });

  it("keeps its words in order, on lines within the width", () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 12, max: 80 }), (list, width) => {
        const lines = wrap(list.join(" "), width);
        assert.deepEqual(lines.join(" ").split(" "), list);
        assert.ok(lines.every((line) => line.length <= width));
      }),
    );
  });

  it("keeps its line breaks", () => {
    assert.deepEqual(wrap("a b\nc", 80), ["a b", "c"]);
  });

  it("has as many parts on each line as fit", () => {
    assert.deepEqual(fill(["a 1", "b 2", "c 3"], 8), ["a 1, b 2", "c 3"]);
    assert.deepEqual(fill(["a 1", "b 2", "c 3"], 8, "; "), ["a 1; b 2", "c 3"]);
    assert.deepEqual(fill([], 8), []);
  });

  it("ignores color codes in the width of a line", () => {
    const { bold } = pc.createColors(true);
    assert.deepEqual(fill([bold("a 1"), bold("b 2")], 8), [`${bold("a 1")}, ${bold("b 2")}`]);
  });

  it("breaks words longer than the width with wrapHard", () => {
    assert.deepEqual(wrapHard("a bcdefg", 3), ["a", "bcd", "efg"]);
  });
});
