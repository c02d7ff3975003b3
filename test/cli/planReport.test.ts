import assert from "node:assert/strict";
import fc from "fast-check";
import pc from "picocolors";
import { planReport } from "../../cli/plan/planReport";
import { fill, wrap } from "../../cli/plan/wrapText";
import type { StackPlan } from "../../local/engine/planStack";
import type { PolicyReport } from "../../local/engine/policy/policyReport";
import { type GraphResource, Secret, Unknown } from "../../local/engine/resourceGraph";

const STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
const LAKE = "urn:pulumi:dev::shop::acme:index:Lake::events";

function resource(type: string, more: Partial<GraphResource> = {}): GraphResource {
  return {
    urn: `${LAKE}:${type}`,
    type,
    name: "events",
    custom: true,
    external: false,
    dependencies: [],
    propertyDependencies: {},
    inputs: {},
    outputs: {},
    options: {},
    ...more,
  };
}

const policy = {
  Statement: [
    { Sid: "Write", Effect: "Allow", Action: ["s3:PutObject", "s3:GetObject"] },
    { Effect: "Deny", NotAction: "s3:*" },
  ],
};

const children = [
  resource("aws:kinesis/stream:Stream", {
    inputs: {
      streamModeDetails: { streamMode: "ON_DEMAND" },
      retentionPeriod: 24,
      encryptionType: new Unknown(),
    },
    options: { protect: true, retainOnDelete: true },
  }),
  resource("aws:iam/rolePolicy:RolePolicy", { inputs: { policy: JSON.stringify(policy) } }),
  resource("aws:s3/bucketPolicy:BucketPolicy", { inputs: { policy: new Secret("{}") } }),
  resource("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", {
    inputs: {
      extendedS3Configuration: {
        prefix: "raw/user-events/!{timestamp:yyyy/MM/dd}/",
        errorOutputPrefix: "errors/user-events/!{firehose:error-output-type}/",
        bufferingSize: 5,
        bufferingInterval: 60,
      },
    },
  }),
  resource("aws:s3/bucket:Bucket", { name: "found", external: true }),
].map((child) => ({ ...child, parent: LAKE }));

const nothing: PolicyReport = {
  pack: "strict 1.2.3",
  policies: 4,
  violations: [],
  undecided: [],
  remediations: [],
};

function planWith(report: Partial<PolicyReport> = {}): StackPlan {
  return {
    graph: {
      project: "shop",
      stack: "dev",
      resources: [
        resource("pulumi:pulumi:Stack", { urn: STACK, name: "shop-dev", custom: false }),
        { ...resource("acme:index:Lake", { urn: LAKE, custom: false }), parent: STACK },
        ...children,
      ],
      outputs: {
        streamArn: `arn:aws:kinesis:us-east-1:123456789012:stream/${"a".repeat(25)}`,
        keys: [1, 2],
        token: new Secret("hush-hush"),
        document: `{"a":"${"hush-hush ".repeat(30)}"}`,
      },
    },
    report: { ...nothing, ...report },
  };
}

function textOf(stackPlan: StackPlan, colors = pc.createColors(false)): string {
  return planReport(stackPlan, { preview: false, columns: 80, colors });
}

describe("the report of a plan", () => {
  it("shows the tree of resources with what matters of each", () => {
    assert.equal(
      textOf(planWith()).split("\n\n")[1],
      `
shop-dev  pulumi:pulumi:Stack
└─ events  acme:index:Lake
   ├─ events  aws:kinesis:Stream  protect, retain on delete
   │     mode ON_DEMAND, retention 24 h, encryption [unknown]
   ├─ events  aws:iam:RolePolicy
   │     Write: allow s3:PutObject, s3:GetObject
   │     deny all but s3:*
   ├─ events  aws:s3:BucketPolicy
   │     [secret]
   ├─ events  aws:kinesis:FirehoseDeliveryStream
   │     prefix raw/user-events/!{timestamp:yyyy/MM/dd}/
   │     errors errors/user-events/!{firehose:error-output-type}/, buffer 5 MiB
   │     interval 60 s
   └─ found  aws:s3:Bucket  existing`.trimStart(),
    );
  });

  it("shows the outputs, long ones on their own line or cut", () => {
    const [, , outputs = ""] = textOf(planWith()).split("\n\n");
    const lines = outputs.split("\n");
    assert.equal(lines[0], "Outputs");
    assert.equal(lines[1], "  streamArn");
    assert.equal(lines[2], `    arn:aws:kinesis:us-east-1:123456789012:stream/${"a".repeat(25)}`);
    assert.equal(lines[3], "  keys       [1,2]");
    assert.equal(lines[4], "  token      [secret]");
    assert.match(lines[6] ?? "", /^ {4}\{"a":"\[secret\] .*… \(--json\)$/);
  });

  it("shows what the policies say, with the counts in the last line", () => {
    const urn = children[0]?.urn ?? "";
    const text = textOf(
      planWith({
        violations: [
          {
            policy: "retention",
            level: "mandatory",
            severity: "high",
            urn,
            message: `Too short.\n${"Streams keep records long enough. ".repeat(4).trim()}`,
          },
          {
            policy: "owner",
            level: "advisory",
            severity: "unspecified",
            urn: STACK,
            message: "Who?",
          },
        ],
        undecided: [{ policy: "tls", urn: "urn:gone", reason: "policy is not known" }],
        remediations: [{ policy: "encryption", urn, description: "Streams are encrypted." }],
      }),
    );
    assert.equal(
      text.slice(text.indexOf("Policies of")),
      `
Policies of strict 1.2.3

  remediated  encryption
    events  aws:kinesis:Stream
    Streams are encrypted.

  mandatory high  retention
    events  aws:kinesis:Stream
    Too short.
    Streams keep records long enough. Streams keep records long enough. Streams
    keep records long enough. Streams keep records long enough.

  advisory  owner
    shop-dev  pulumi:pulumi:Stack
    Who?

  undecided  tls
    urn:gone
    policy is not known

7 resources, 4 policies: 2 violations, 1 mandatory, 1 undecided, 1 remediated
`.trimStart(),
    );
  });

  it("says so if there is nothing to say", () => {
    assert.match(textOf(planWith()), /\n7 resources, 4 policies: no violation\n$/);
  });

  it("fits into its width, and tells no secret", () => {
    const text = textOf(planWith());
    for (const line of text.split("\n")) assert.ok(line.length <= 80, line);
    assert.doesNotMatch(text, /hush/);
  });

  it("is plain text unless colours are asked for", () => {
    const escape = "\u001b[";
    assert.ok(!textOf(planWith()).includes(escape));
    assert.ok(textOf(planWith(), pc.createColors(true)).includes(escape));
  });
});

describe("text that is wrapped", () => {
  const words = fc.array(fc.stringMatching(/^\S{1,12}$/), { minLength: 1, maxLength: 30 });

  it("keeps its words in order, on lines that fit", () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 12, max: 80 }), (list, width) => {
        const lines = wrap(list.join(" "), width);
        assert.deepEqual(lines.join(" ").split(" "), list);
        assert.ok(lines.every((line) => line.length <= width));
      }),
    );
  });

  it("keeps its own lines", () => {
    assert.deepEqual(wrap("a b\nc", 80), ["a b", "c"]);
  });

  it("is filled with as many parts as fit on a line", () => {
    assert.deepEqual(fill(["a 1", "b 2", "c 3"], 8), ["a 1, b 2", "c 3"]);
    assert.deepEqual(fill([], 8), []);
  });
});
