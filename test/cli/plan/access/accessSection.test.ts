import assert from "node:assert/strict";
import pc from "picocolors";
import { accessConclusion } from "../../../../cli/plan/access/accessSection";
import { deniedCalls } from "../../../../cli/plan/access/accessVerdict";
import { type PlanWithAccess, planWithAccess } from "../../../../cli/plan/access/planWithAccess";
import { planDocument } from "../../../../cli/plan/planDocument";
import { planReport } from "../../../../cli/plan/planReport";
import { markdownReport } from "../../../../cli/reports/markdown/markdownReport";
import {
  type Properties,
  type ResourceGraph,
  Secret,
  Unknown,
} from "../../../../engine/graph/resourceGraph";
import {
  changed,
  one,
  policyText,
  statementsIn,
  textOf,
  types,
} from "../../../local/support/changedGraph";
import { existing, pipelineGraph } from "../../../local/support/pipelineGraph";
import { plain, planOf } from "../../support/planGraph";

function planned(graph: ResourceGraph): PlanWithAccess {
  const { report, region } = planOf({ stack: "test", resources: [] });
  return planWithAccess({ graph, report, region });
}

/** The section on access, as it is printed. */
function section(graph: ResourceGraph): string {
  const text = planReport(planned(graph), plain);
  for (const line of text.split("\n")) {
    if (!line.includes(" ")) continue;
    assert.ok(line.length <= 80 || /arn:\S{40}/.test(line), line);
  }
  const [, found = ""] = /\n(Access of [^]*?)\n\nPolicies of /.exec(text) ?? [];
  return found;
}

interface AccessDocument {
  readonly calls: readonly string[];
  readonly allowed: readonly string[];
  readonly denied: readonly Readonly<Record<string, string>>[];
  readonly undecided: readonly { readonly reason: string; readonly calls: readonly string[] }[];
  readonly unused: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
  readonly assumptions: readonly string[];
}

function accessIn(graph: ResourceGraph): AccessDocument {
  const { access } = JSON.parse(planDocument(planned(graph))) as { access: AccessDocument[] };
  const [only] = access;
  assert.ok(only);
  return only;
}

describe("the access of a plan", () => {
  let graph: ResourceGraph;
  before(async () => {
    graph = await pipelineGraph();
  });

  /** Without objects being written, and with deletions that nobody needs. */
  const wrong = (): ResourceGraph => {
    const policy = one(graph, types.rolePolicy, "events-delivery");
    const statements = statementsIn(policy.inputs["policy"]).map((statement) =>
      statement.Sid === "WriteObjects"
        ? { ...statement, Action: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject"] }
        : statement,
    );
    return changed(graph, policy, { policy: policyText(...statements) });
  };

  it("is one line when all is right", () => {
    assert.equal(
      section(graph),
      "Access of events\n" +
        "  Firehose may make its 9 calls; no grant goes unused but 5 that AWS documents.",
    );
    assert.equal(deniedCalls(planned(graph).access), 0);
    assert.deepEqual(accessConclusion(planned(graph).access, plain), []);
  });

  it("is in the JSON document, with every grant that AWS documents", () => {
    const { calls, allowed, denied, undecided, unused, assumptions } = accessIn(graph);
    assert.equal(calls.length, 9);
    assert.deepEqual(allowed, calls);
    assert.deepEqual([denied, undecided, assumptions, unused["tooMuch"]], [[], [], [], []]);
    assert.deepEqual(
      unused["documented"]?.map(({ action }) => action),
      [
        "s3:AbortMultipartUpload",
        "s3:GetObject",
        "s3:ListBucket",
        "s3:ListBucketMultipartUploads",
        "kms:Decrypt",
      ],
    );
  });

  it("names each denied call in AWS's words, and each grant too much", () => {
    const text = section(wrong());
    assert.match(text, /^ {2}Firehose may make 8 of its 9 calls\.$/m);
    const [, denied = "", granted = ""] =
      /\n {2}Denied\n([^]*?)\n {2}Granted and never needed\n([^]*)$/.exec(text) ?? [];
    const bucket = textOf(one(graph, types.bucket), "bucket");
    const words = denied.replace(/\s+/g, " ");
    assert.match(
      words,
      /^ User: arn:aws:sts::123456789012:assumed-role\/events-delivery-\w+\/AWSFirehoseToS3 is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::\S+\/raw\/\S+" because no identity-based policy allows the s3:PutObject action User: /,
    );
    assert.equal(
      granted.replace(/\s+/g, " ").trim(),
      `role policy events-delivery, WriteObjects: s3:DeleteObject on arn:aws:s3:::${bucket}/*`,
    );
    const { denied: told } = accessIn(wrong());
    assert.deepEqual(
      told.map(({ call, action }) => [call, action]),
      [
        ["PutObject", "s3:PutObject"],
        ["PutObject", "s3:PutObject"],
      ],
    );
  });

  it("that is denied ends the report, and heads the comment", () => {
    const stackPlan = planned(wrong());
    assert.equal(deniedCalls(stackPlan.access), 1);
    assert.match(
      planReport(stackPlan, plain),
      /\n1 call of Firehose would be denied: see Access\n$/,
    );
    const comment = markdownReport({
      ...{ project: "shop", stack: "test", report: stackPlan.report, resources: 1 },
      ...{ basis: "planned offline", settings: [], denied: ["User: a may not b"] },
    });
    assert.match(comment, /^### ❌ shop\/test: no violation, 1 denied request\n/);
    assert.match(comment, /\n- \*\*denied\*\*: User: a may not b\n/);
  });

  it("that is too wide alone only warns", () => {
    const policy = one(graph, types.rolePolicy, "events-source");
    const more = { Sid: "More", Effect: "Allow", Action: "kinesis:PutRecord", Resource: "*" };
    const wide = changed(graph, policy, {
      policy: policyText(...statementsIn(policy.inputs["policy"]), more),
    });
    assert.match(section(wide), /^ {2}Firehose may make its 9 calls; 1 grant too much\.$/m);
    assert.match(section(wide), /^ {4}role policy events-source, More: kinesis:PutRecord on \*$/m);
    assert.equal(deniedCalls(planned(wide).access), 0);
  });

  it("that is undecided for one reason is told in one sentence", async () => {
    const preview = changed(graph, one(graph, types.firehose), {
      kinesisSourceConfiguration: new Unknown(),
    });
    const known = (text: string) => text.replace(/\s+/g, " ");
    assert.equal(
      known(section(preview)),
      "Access of events Undecided: its roles, and what they reach, are not known before a deployment.",
    );
    assert.equal(
      known(section(await pipelineGraph({ existing }))),
      `Access of events Undecided: the role ${existing.roleArn} is not declared here.`,
    );
    assert.equal(accessIn(preview).undecided[0]?.calls.length, 0);
  });

  it("that is undecided in part names the calls, and what is assumed", async () => {
    const { streamArn, bucketArn } = existing;
    const text = section(
      await pipelineGraph({ existing: { streamArn, bucketArn, bucketAccountId: "210987654321" } }),
    ).replace(/\s+/g, " ");
    assert.match(text, /Firehose may make 7 of its 9 calls\. Undecided the policy of the bucket/);
    assert.match(text, /is not declared here: GetBucketLocation, PutObject Assumed The stream/);
  });

  it("tells no secret", () => {
    const firehose = one(graph, types.firehose);
    const destination = firehose.inputs["extendedS3Configuration"] as Properties;
    const secret = changed(graph, firehose, {
      extendedS3Configuration: { ...destination, bucketArn: new Secret("arn:aws:s3:::hush-hush") },
    });
    const text = planReport(planned(secret), plain) + planDocument(planned(secret));
    assert.match(text, /\[secret\]/);
    assert.doesNotMatch(text, /hush/);
  });

  it("is not there without a delivery stream, and coloured only if asked for", () => {
    const none = planReport(planOf({ stack: "dev", resources: [] }), plain);
    assert.doesNotMatch(none, /Access/);
    const coloured = { ...plain, colors: pc.createColors(true) };
    assert.ok(planReport(planned(wrong()), coloured).includes("\u001b[31m"));
    assert.ok(!planReport(planned(wrong()), plain).includes("\u001b["));
  });
});
