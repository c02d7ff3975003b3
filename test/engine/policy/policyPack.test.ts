import assert from "node:assert/strict";
import {
  type GraphResource,
  type Properties,
  type ResourceGraph,
  Secret,
  Unknown,
} from "../../../engine/graph/resourceGraph";
import type { PolicyLayer } from "../../../engine/policy/policyConfig";
import type { PolicyPack } from "../../../engine/policy/policyPack";
import { startPack } from "../../../engine/policy/startPack";
import type { PolicyReport } from "../../../engine/policy/policyReport";
import { readStack } from "../../../engine/stack/stackFile";
import { fixture } from "../support/fixtures";

const STREAM = "aws:kinesis/stream:Stream";
const BUCKET = "aws:s3/bucket:Bucket";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const STACK = "urn:pulumi:dev::lake::pulumi:pulumi:Stack::lake-dev";

function resource(type: string, inputs: Properties, more: Partial<GraphResource> = {}) {
  return {
    urn: `urn:pulumi:dev::lake::${type}::events`,
    type,
    name: "events",
    custom: true,
    external: false,
    dependencies: [],
    propertyDependencies: {},
    inputs,
    outputs: inputs,
    options: {},
    ...more,
    parent: STACK,
  };
}

function graphOf(...resources: readonly GraphResource[]): ResourceGraph {
  return { project: "lake", stack: "dev", resources, outputs: {} };
}

const stream = resource(STREAM, { retentionPeriod: 24 });
const bucket = resource(BUCKET, { tags: { token: new Secret("hush-hush") } });
const found = resource(BUCKET, {}, { urn: "urn:pulumi:dev::lake::found", external: true });
const graph = graphOf(stream, bucket, found, resource(POLICY, { policy: "{}" }));

/** Calls `use` with a pack, and then ends the pack's process. */
async function withPack<Result>(
  name: string,
  config: PolicyLayer,
  use: (pack: PolicyPack) => Promise<Result>,
): Promise<Result> {
  const end = new AbortController();
  const stack = readStack(fixture("lake"), "dev");
  try {
    const options = { config, signal: end.signal };
    return await use(await startPack(fixture(`packs/${name}`), stack, options));
  } finally {
    end.abort();
  }
}

describe("PolicyPack", () => {
  let report: PolicyReport;
  let remediated: Properties;
  let untouched: Properties;
  let printed: string;
  let preview: PolicyReport;
  let assumed: PolicyReport;
  const unknownPolicy = resource(POLICY, { policy: new Unknown() });
  const unknownPeriod = resource(STREAM, {
    retentionPeriod: new Unknown(),
    encryptionType: "KMS",
  });
  before(async () => {
    await withPack("strict", {}, async (pack) => {
      remediated = await pack.remediate(stream);
      untouched = await pack.remediate(bucket);
      report = await pack.evaluate({
        ...graph,
        resources: [{ ...stream, inputs: remediated }, ...graph.resources.slice(1)],
      });
      preview = await pack.evaluate(graphOf(unknownPolicy, unknownPeriod));
      assumed = await pack.evaluate({
        ...graphOf(resource(POLICY, { policy: "subnet-0123456789abcdef0 only" }), unknownPeriod),
        madeUp: ["subnet-0123456789abcdef0"],
      });
      printed = pack.printed;
    });
  });

  it("reports its name and version", () => {
    assert.deepEqual(report.pack, { name: "strict", version: "1.2.3" });
  });

  it("reports how each rule describes itself, with the level in effect", () => {
    const levels = report.policies.map(({ name, level }) => [name, level]);
    assert.deepEqual(levels.slice(0, 3), [
      ["retention", "mandatory"],
      ["owner", "advisory"],
      ["encryption", "remediate"],
    ]);
    assert.deepEqual(levels.at(-1), ["off", "disabled"]);
    assert.deepEqual(report.policies[0], {
      name: "retention",
      title: "Streams keep records",
      description: "Streams keep records long enough.",
      level: "mandatory",
      severity: "high",
      settings: { minHours: 48, unit: "hours" },
      remediationSteps: "Set retentionPeriod.",
      url: "https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html",
      framework: {
        name: "House Rules",
        version: "1.0",
        reference: "HR.1",
        specification: "Streams should keep records.",
      },
      tags: ["house:HR.1"],
    });
    assert.deepEqual(report.policies[1], {
      name: "owner",
      title: "",
      description: "Everything has an owner.",
      level: "advisory",
      severity: "low",
      remediationSteps: "",
      url: "",
      tags: [],
    });
  });

  it("reports mandatory violations first, then by severity", () => {
    const violations = report.violations.map(({ policy, level, severity }) => [
      policy,
      level,
      severity,
    ]);
    assert.deepEqual(violations, [
      ["retention", "mandatory", "high"],
      ["few-streams", "advisory", "critical"],
      ["few-streams", "advisory", "critical"],
      ["owner", "advisory", "low"],
    ]);
  });

  it("reports violations of the resource, or of the stack if the rule names no resource", () => {
    const urns = report.violations.map(({ urn }) => urn);
    assert.deepEqual(urns, [stream.urn, stream.urn, STACK, bucket.urn]);
  });

  it("prefers the pack's initial config over the defaults of a schema", () => {
    const [retention] = report.violations;
    assert.match(retention?.message ?? "", /^Streams .*\n24 is less than 48 hours\.$/);
  });

  it("does not evaluate resources that are only looked up", () => {
    assert.ok(report.violations.every(({ urn }) => urn !== found.urn));
  });

  it("reports undecided rules, but not rules that do not apply", () => {
    const urn = `urn:pulumi:dev::lake::${POLICY}::events`;
    assert.deepEqual(report.undecided, [
      { policy: "known-policy", urn, reason: "policy says nothing" },
    ]);
  });

  it("remediates before it evaluates, and reports the remediation", () => {
    assert.deepEqual(remediated, { retentionPeriod: 24, encryptionType: "KMS" });
    assert.deepEqual(report.remediations, [
      { policy: "encryption", urn: stream.urn, description: "Streams are encrypted." },
    ]);
    assert.ok((untouched["tags"] as Properties)["token"] instanceof Secret);
  });

  it("hides secrets in the messages of rules, which see them", () => {
    const owner = report.violations.find(({ policy }) => policy === "owner");
    assert.equal(owner?.message, 'Everything has an owner.\ntags are {"token":"[secret]"}');
  });

  it("is undecided about what depends on an unknown value", () => {
    const reason = (path: string): string =>
      `string value at .${path} can't be known during preview`;
    assert.deepEqual(preview.undecided, [
      { policy: "known-policy", urn: unknownPolicy.urn, reason: reason("policy") },
      { policy: "retention", urn: unknownPeriod.urn, reason: reason("retentionPeriod") },
    ]);
    assert.ok(preview.violations.every(({ message }) => !message.includes("preview")));
  });

  it("is undecided about what contains a made-up value", () => {
    assert.deepEqual(assumed.undecided, preview.undecided);
  });

  it("keeps what the pack prints after its start", () => {
    assert.match(printed, /strict is loaded/);
  });
});

describe("PolicyPack that evaluates early", () => {
  const messages = (evaluated: PolicyReport): readonly string[] =>
    evaluated.violations.map(({ message }) => message.split("\n").at(-1) ?? "");
  const later = resource(STREAM, { retentionPeriod: 48 });

  it("does not evaluate a resource again that is the same in the end", async () => {
    const report = await withPack("counting", {}, async (pack) => {
      pack.evaluateEarly(stream);
      return pack.evaluate(graphOf(stream));
    });
    assert.deepEqual(messages(report), ["evaluation 1 of 24"]);
  });

  it("evaluates a resource again that has become different, or one of which it had not heard", async () => {
    const report = await withPack("counting", {}, async (pack) => {
      pack.evaluateEarly(stream);
      return pack.evaluate(graphOf(later, { ...stream, urn: `${stream.urn}-2` }));
    });
    assert.deepEqual(messages(report), ["evaluation 2 of 48", "evaluation 3 of 24"]);
  });

  it("reports a rule that throws only if the resource is evaluated", async () => {
    await withPack("crashing", {}, async (pack) => {
      pack.evaluateEarly(stream);
      assert.deepEqual((await pack.evaluate(graphOf())).violations, []);
      await assert.rejects(pack.evaluate(graphOf(stream)), /has-a-bug/u);
    });
  });
});

describe("PolicyPack that fails", () => {
  let failures: ReadonlyMap<string, unknown>;
  before(async () => {
    const evaluate = (pack: PolicyPack): Promise<unknown> => pack.evaluate(graphOf(stream));
    const failed = ["broken", "chatty", "crashing", "../lake"].map(
      async (name): Promise<[string, unknown]> => [
        name,
        await withPack(name, {}, evaluate).catch((error: unknown) => error),
      ],
    );
    failures = new Map(await Promise.all(failed));
  });
  const failureOf = (name: string): Error => {
    const failure = failures.get(name);
    assert.ok(failure instanceof Error);
    return failure;
  };

  it("reports only why it does not start, but keeps the stack trace", () => {
    const { message, stack } = failureOf("broken");
    assert.match(message, /^The policy pack \S*broken does not start: rules are missing$/);
    assert.match(stack ?? "", /index\.cjs:1/);
  });

  it("reports a pack that prints something before its port", () => {
    assert.match(
      failureOf("chatty").message,
      /printed "loading rules" on the first line of its output, which must contain only its port.*console\.error/,
    );
  });

  it("reports which rule threw, and for which resource", () => {
    const { message } = failureOf("crashing");
    assert.match(message, /policy 'has-a-bug' .*: TypeError: .*'length'\)\nIt was evaluating /);
    assert.ok(message.endsWith(stream.urn));
  });

  it("reports what is missing in a directory that is not a policy pack", () => {
    assert.match(
      failureOf("../lake").message,
      /lake is not a policy pack: it has no PulumiPolicy\.yaml.*--policy-pack DIR/,
    );
  });
});
