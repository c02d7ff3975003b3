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
import { assertSnapshot } from "../../../support/snapshot";
import { plain, planOf } from "../../support/planGraph";

function planned(graph: ResourceGraph): PlanWithAccess {
  const { report, region } = planOf({ stack: "test", resources: [] });
  return planWithAccess({ graph, report, region });
}

/** The access section as printed. */
function section(graph: ResourceGraph): string {
  const text = planReport(planned(graph), plain);
  for (const line of text.split("\n")) {
    if (!line.includes(" ")) continue;
    assert.ok(line.length <= 80 || /arn:\S{40}/.test(line), line);
  }
  const [, found = ""] = /\n(Access of [^]*?)\n\nPolicy pack /.exec(text) ?? [];
  return found;
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, " ");
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

describe("the access section of a plan", () => {
  let graph: ResourceGraph;
  before(async () => {
    graph = await pipelineGraph();
  });

  /** The role cannot write objects, and has an unnecessary grant to delete them. */
  const wrongGrants = (): ResourceGraph => {
    const policy = one(graph, types.rolePolicy, "events-delivery");
    const statements = statementsIn(policy.inputs["policy"]).map((statement) =>
      statement.Sid === "WriteObjects"
        ? { ...statement, Action: ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject"] }
        : statement,
    );
    return changed(graph, policy, { policy: policyText(...statements) });
  };

  it("is one line if all calls are allowed and all grants have a reason", () => {
    assert.equal(
      section(graph),
      "Access of events\n" +
        "  IAM allows 9 of 9 calls; no unused grants except 5 that AWS documents.",
    );
    assert.equal(deniedCalls(planned(graph).access), 0);
    assert.deepEqual(accessConclusion(planned(graph).access, plain), []);
  });

  it("lists every unused grant that AWS documents in the JSON document", () => {
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

  it("shows the AWS error message of each denied call, and each unnecessary grant", () => {
    const text = section(wrongGrants());
    assertSnapshot("plan/accessDenied.txt", `${text}\n`);
    assert.match(text, /^ {2}IAM allows 8 of 9 calls\.$/m);
    const [, denied = "", unnecessary = ""] =
      /\n {2}Denied\n([^]*?)\n {2}Unnecessary grants\n([^]*)$/.exec(text) ?? [];
    const bucket = textOf(one(graph, types.bucket), "bucket");
    assert.match(
      onOneLine(denied),
      /^ User: arn:aws:sts::123456789012:assumed-role\/events-delivery-\w+\/AWSFirehoseToS3 is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::\S+\/raw\/\S+" because no identity-based policy allows the s3:PutObject action User: /,
    );
    assert.equal(
      onOneLine(unnecessary).trim(),
      `role policy events-delivery, WriteObjects: s3:DeleteObject on arn:aws:s3:::${bucket}/*`,
    );
    assert.deepEqual(
      accessIn(wrongGrants()).denied.map(({ call, action }) => [call, action]),
      [
        ["PutObject", "s3:PutObject"],
        ["PutObject", "s3:PutObject"],
      ],
    );
  });

  it("adds the number of denied calls to the end of the report and to the comment", () => {
    const stackPlan = planned(wrongGrants());
    assert.equal(deniedCalls(stackPlan.access), 1);
    assert.match(
      planReport(stackPlan, plain),
      /\nIAM would deny 1 call of Firehose: see Access\n$/,
    );
    const comment = markdownReport({
      ...{ project: "shop", stack: "test", report: stackPlan.report, resources: 1 },
      ...{ basis: "planned offline", settings: [], denied: ["User: a may not b"] },
    });
    assert.match(comment, /^### ❌ shop\/test: no violations, 1 denied request\n/);
    assert.match(comment, /\n- \*\*denied\*\*: User: a may not b\n/);
  });

  it("shows an unnecessary grant without counting a denied call", () => {
    const policy = one(graph, types.rolePolicy, "events-source");
    const more = { Sid: "More", Effect: "Allow", Action: "kinesis:PutRecord", Resource: "*" };
    const wide = changed(graph, policy, {
      policy: policyText(...statementsIn(policy.inputs["policy"]), more),
    });
    assert.match(section(wide), /^ {2}IAM allows 9 of 9 calls; 1 unnecessary grant\.$/m);
    assert.match(section(wide), /^ {4}role policy events-source, More: kinesis:PutRecord on \*$/m);
    assert.equal(deniedCalls(planned(wide).access), 0);
  });

  it("is one sentence if the whole check is undecided for one reason", async () => {
    const preview = changed(graph, one(graph, types.firehose), {
      kinesisSourceConfiguration: new Unknown(),
    });
    assert.equal(
      onOneLine(section(preview)),
      "Access of events Undecided: its roles and their resources are unknown until deployment.",
    );
    assert.equal(
      onOneLine(section(await pipelineGraph({ existing }))),
      `Access of events Undecided: the role ${existing.roleArn} is not declared here.`,
    );
    assert.equal(accessIn(preview).undecided[0]?.calls.length, 0);
  });

  it("shows the undecided calls and the assumptions if only some calls are decided", async () => {
    const { streamArn, bucketArn } = existing;
    const text = onOneLine(
      section(
        await pipelineGraph({
          existing: { streamArn, bucketArn, bucketAccountId: "210987654321" },
        }),
      ),
    );
    assert.match(text, /IAM allows 7 of 9 calls\. Undecided the policy of the bucket/);
    assert.match(text, /is not declared here: GetBucketLocation, PutObject Assumed The stream/);
  });

  it("redacts secrets", () => {
    const firehose = one(graph, types.firehose);
    const destination = firehose.inputs["extendedS3Configuration"] as Properties;
    const secret = changed(graph, firehose, {
      extendedS3Configuration: { ...destination, bucketArn: new Secret("arn:aws:s3:::hush-hush") },
    });
    const text = planReport(planned(secret), plain) + planDocument(planned(secret));
    assert.match(text, /\[secret\]/);
    assert.doesNotMatch(text, /hush/);
  });

  it("is absent without a delivery stream, and has colors only if they are enabled", () => {
    const none = planReport(planOf({ stack: "dev", resources: [] }), plain);
    assert.doesNotMatch(none, /Access/);
    const colored = { ...plain, colors: pc.createColors(true) };
    assert.ok(planReport(planned(wrongGrants()), colored).includes("\u001b[31m"));
    assert.ok(!planReport(planned(wrongGrants()), plain).includes("\u001b["));
  });
});
