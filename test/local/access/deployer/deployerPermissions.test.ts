import assert from "node:assert/strict";
import { authorize } from "../../../../aws/iam/evaluation/authorize";
import { readPolicy } from "../../../../aws/iam/language/readPolicy";
import { parseArn } from "../../../../components/iam/arn";
import { type ResourceGraph, Secret, Unknown } from "../../../../engine/graph/resourceGraph";
import { deployerPermissions } from "../../../../local/access/deployer/deployerPermissions";
import {
  MANAGED_POLICY_LIMIT,
  policyDocuments,
} from "../../../../local/access/deployer/policyDocuments";
import { defaultKeyPolicy } from "../../../../local/access/resourcePolicies";
import { packRules } from "../../../../policy/pack";
import { evaluatePolicies, resource as testResource } from "../../../../policy/testing";
import { changed, one, textOf, types } from "../../support/changedGraph";
import { graphOf, resourceOf } from "../../support/graph";
import { existing, pipelineGraph } from "../../support/pipelineGraph";

const scope = { region: "us-east-1" };
const tagged = { tags: { environment: "prod" } };

function documentsOf(graph: ResourceGraph) {
  return policyDocuments(deployerPermissions(graph, scope).statements);
}

type Context = Readonly<Record<string, string>>;

/** IAM's decision on a call of a role that has exactly the printed policies. */
function outcomeOf(graph: ResourceGraph, action: string, resource: string, context: Context = {}) {
  const policies = documentsOf(graph).map((document, index) =>
    readPolicy(`policy ${index}`, JSON.stringify(document)),
  );
  const isKey = parseArn(resource).service === "kms" && resource.includes(":key/");
  return authorize(
    {
      caller: { roleArn: "arn:aws:iam::123456789012:role/deployer", sessionName: "ci" },
      ...{ action, resource },
      context: { ...context, "*": [] },
    },
    {
      identity: policies,
      resourceAccount: "123456789012",
      ...(isKey && { resource: defaultKeyPolicy(resource) }),
    },
  ).outcome;
}

const inAccount = (service: string, name: string): string =>
  `arn:aws:${service}:us-east-1:123456789012:${name}`;

describe("the permissions of a deployer", () => {
  let graph: ResourceGraph;
  before(async () => {
    graph = await pipelineGraph(tagged);
  });

  const ofTag = { "aws:ResourceTag/environment": "prod" };
  const key = inAccount("kms", "key/11111111-2222-3333-4444-555555555555");

  it("allow to create, read, change and delete what the stack declares", () => {
    const stream = textOf(one(graph, types.stream), "arn");
    const bucket = textOf(one(graph, types.bucket), "arn");
    const firehose = textOf(one(graph, types.firehose), "arn");
    for (const action of ["CreateStream", "DescribeStreamSummary", "UpdateShardCount"])
      assert.equal(outcomeOf(graph, `kinesis:${action}`, stream), "allowed", action);
    for (const action of ["CreateBucket", "GetBucketPolicy", "PutBucketPolicy"])
      assert.equal(outcomeOf(graph, `s3:${action}`, bucket), "allowed", action);
    assert.equal(outcomeOf(graph, "s3:PutBucketNotification", bucket), "denied");
    assert.equal(outcomeOf(graph, "firehose:CreateDeliveryStream", firehose), "allowed");
    assert.equal(outcomeOf(graph, "firehose:DeleteDeliveryStream", firehose), "allowed");
  });

  it("allow the names that Pulumi will generate, and no others", () => {
    for (const suffix of ["0123abc", "ffffff0"])
      assert.equal(outcomeOf(graph, "s3:CreateBucket", `arn:aws:s3:::events-${suffix}`), "allowed");
    for (const name of ["events", "events-0123abcd", "events-012345", "orders-0123abc"])
      assert.equal(outcomeOf(graph, "s3:CreateBucket", `arn:aws:s3:::${name}`), "denied", name);
  });

  it("deny to delete other streams, buckets, roles, log groups and alarms", () => {
    for (const [action, arn] of [
      ["kinesis:DeleteStream", inAccount("kinesis", "stream/orders")],
      ["s3:DeleteBucket", "arn:aws:s3:::orders-0123abc"],
      ["s3:DeleteObject", "arn:aws:s3:::events-0123abc/a"],
      ["iam:DeleteRole", "arn:aws:iam::123456789012:role/admin"],
      ["iam:PutRolePolicy", "arn:aws:iam::123456789012:role/admin"],
      ["logs:DeleteLogGroup", inAccount("logs", "log-group:/aws/lambda/orders:*")],
      ["cloudwatch:DeleteAlarms", inAccount("cloudwatch", "alarm:orders")],
    ] as const)
      assert.equal(outcomeOf(graph, action, arn), "denied", action);
  });

  it("pass its roles to Firehose only", () => {
    const role = textOf(one(graph, types.role, "events-delivery"), "arn");
    const passed = (service: string, arn = role) =>
      outcomeOf(graph, "iam:PassRole", arn, { "iam:PassedToService": service });
    assert.equal(passed("firehose.amazonaws.com"), "allowed");
    assert.equal(passed("ec2.amazonaws.com"), "denied");
    assert.equal(
      passed("firehose.amazonaws.com", "arn:aws:iam::123456789012:role/admin"),
      "denied",
    );
  });

  it("reach keys by the tags that the stack gives them", () => {
    const created = { "aws:RequestTag/environment": "prod" };
    assert.equal(outcomeOf(graph, "kms:TagResource", key, created), "allowed");
    assert.equal(outcomeOf(graph, "kms:PutKeyPolicy", key, ofTag), "allowed");
    assert.equal(outcomeOf(graph, "kms:PutKeyPolicy", key), "denied");
    const other = { "aws:ResourceTag/environment": "dev" };
    assert.equal(outcomeOf(graph, "kms:DisableKey", key, other), "denied");
  });

  it("never delete what is protected or retained", async () => {
    const isKept = await pipelineGraph({ ...tagged, protect: true });
    const bucket = isKept.resources.map((resource) =>
      resource.type === types.bucket ? { ...resource, options: { protect: true } } : resource,
    );
    const protectedGraph = { ...isKept, resources: bucket };
    const arn = "arn:aws:s3:::events-0123abc";
    assert.equal(outcomeOf(protectedGraph, "s3:DeleteBucket", arn), "denied");
    assert.equal(outcomeOf(protectedGraph, "s3:CreateBucket", arn), "allowed");
    const retained = { ...isKept, resources: [withOptions(isKept, { retainOnDelete: true })] };
    const statements = deployerPermissions(retained, scope).statements;
    assert.ok(statements.some(({ actions }) => actions.includes("kinesis:CreateStream")));
    assert.ok(!statements.some(({ actions }) => actions.includes("kinesis:DeleteStream")));
  });

  it("only read what is looked up", () => {
    const lookedUp = { ...one(graph, types.stream), external: true };
    const { statements } = deployerPermissions(graphOf(lookedUp), scope);
    const actions = statements.flatMap((statement) => statement.actions);
    assert.ok(actions.includes("kinesis:DescribeStreamSummary"));
    assert.deepEqual(
      actions.filter((action) => !/:(?:Describe|List|Get)/u.test(action)),
      [],
    );
  });

  it("name the account of the deployment in place of the assumed one", () => {
    const { statements } = deployerPermissions(graph, { ...scope, account: "111122223333" });
    assert.doesNotMatch(JSON.stringify(statements), /123456789012/u);
    assert.match(JSON.stringify(statements), /:111122223333:role\/events-delivery/u);
  });

  it("name types without known calls instead of skipping them", () => {
    const { uncovered } = deployerPermissions(
      graphOf(
        resourceOf("aws:ec2/instance:Instance", "web", {}),
        resourceOf("random:index/randomId:RandomId", "id", {}),
        resourceOf("pulumi:providers:aws", "eu", {}),
        resourceOf("aws:s3/bucketV2:BucketV2", "lake", { bucket: "lake" }),
      ),
      scope,
    );
    assert.deepEqual(uncovered, ["aws:ec2/instance:Instance", "random:index/randomId:RandomId"]);
  });

  it("replace unknown and secret values by a wildcard, and never show a secret", () => {
    const { statements } = deployerPermissions(
      graphOf(
        resourceOf(types.stream, "a", { name: new Unknown() }),
        resourceOf("aws:sns/topicSubscription:TopicSubscription", "b", { topic: new Unknown() }),
        resourceOf(types.bucketPolicy, "c", { bucket: new Secret("hidden-lake") }),
        resourceOf(types.firehose, "d", {
          name: "d",
          extendedS3Configuration: {
            roleArn: new Secret("arn:aws:iam::123456789012:role/hidden"),
          },
        }),
      ),
      scope,
    );
    const resources = statements.flatMap((statement) => statement.resources);
    assert.ok(resources.includes(inAccount("kinesis", "stream/*")));
    assert.ok(resources.includes(inAccount("sns", "*")));
    assert.ok(resources.includes("arn:aws:s3:::*"));
    assert.doesNotMatch(JSON.stringify(statements), /hidden/u);
  });

  it("need a grant for the key of a delivery stream that producers put to", () => {
    const firehose = one(graph, types.firehose);
    const keyArn = existing.keyArn;
    const encrypted = changed(graph, firehose, {
      serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn },
    });
    const bySelf = { "kms:GrantIsForAWSResource": "true" };
    assert.equal(outcomeOf(encrypted, "kms:CreateGrant", keyArn, bySelf), "allowed");
    assert.equal(outcomeOf(encrypted, "kms:CreateGrant", keyArn), "denied");
    assert.equal(outcomeOf(graph, "kms:CreateGrant", keyArn, bySelf), "denied");
  });

  it("need no permission for keys of AWS, and find keys by their aliases", () => {
    const stream = (kmsKeyId: string) =>
      deployerPermissions(graphOf(resourceOf(types.stream, "s", { name: "s", kmsKeyId })), scope);
    const keyStatements = (kmsKeyId: string) =>
      stream(kmsKeyId).statements.filter(({ actions }) => actions.includes("kms:DescribeKey"));
    assert.deepEqual(keyStatements("alias/aws/kinesis"), []);
    assert.deepEqual(
      keyStatements("alias/lake").map(({ resources, condition }) => [resources, condition]),
      [
        [
          [inAccount("kms", "key/*")],
          { "ForAnyValue:StringLike": { "kms:ResourceAliases": "alias/lake" } },
        ],
      ],
    );
  });

  it("report a key that no tag distinguishes from others", async () => {
    const { notes } = deployerPermissions(await pipelineGraph(), scope);
    assert.deepEqual(notes, [
      'The key "events" has no tags, so the statements on it apply to all keys of its region. Tag it.',
    ]);
    assert.deepEqual(deployerPermissions(graph, scope).notes, []);
  });

  it("violate no rule of the pack", async () => {
    const graphs = {
      default: graph,
      everything: await pipelineGraph({
        ...tagged,
        bucket: { accessLogs: true },
        encryption: { errorLog: true },
      }),
      existing: await pipelineGraph({ ...tagged, existing: { streamArn: existing.streamArn } }),
    };
    for (const [name, each] of Object.entries(graphs)) {
      const policies = documentsOf(each).map((document, index) =>
        testResource("aws:iam/policy:Policy", `deployer-${index}`, {
          policy: JSON.stringify(document),
        }),
      );
      const { violations, undecided } = await evaluatePolicies(packRules(), policies);
      assert.deepEqual([violations, undecided], [[], []], name);
    }
  });
});

/** The stream with other options. */
function withOptions(graph: ResourceGraph, options: { readonly retainOnDelete: boolean }) {
  return { ...one(graph, types.stream), options };
}

describe("policy documents", () => {
  const statement = (count: number, sid = "Alarms") => ({
    sid,
    actions: ["cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms"],
    resources: Array.from({ length: count }, (_, index) =>
      inAccount("cloudwatch", `alarm:alarm-${index}-${"x".repeat(80)}`),
    ),
    condition: {},
  });

  it("stay within the limit of a managed policy, and lose nothing", () => {
    const statements = [statement(10, "A"), statement(100, "B"), statement(3, "C")];
    const documents = policyDocuments(statements);
    assert.ok(documents.length > 1);
    for (const document of documents)
      assert.ok(JSON.stringify(document).length <= MANAGED_POLICY_LIMIT);
    const written = documents.flatMap(({ Statement }) =>
      Statement.flatMap((each) => each.Resource),
    );
    assert.deepEqual([...written].sort(), statements.flatMap(({ resources }) => resources).sort());
    const sids = documents.flatMap(({ Statement }) => Statement.map(({ Sid }) => Sid));
    assert.equal(new Set(sids).size, sids.length);
  });

  it("are as few as they can be for statements that fit together", () => {
    assert.equal(policyDocuments([statement(3, "A"), statement(3, "B")]).length, 1);
  });

  it("divide the actions of a statement with one resource", () => {
    const actions = Array.from({ length: 20 }, (_, index) => `kinesis:Action${index}`);
    const one = { sid: "S", actions, resources: ["*"], condition: {} };
    const documents = policyDocuments([one], 300);
    assert.ok(documents.length > 1);
    const written = documents.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
    assert.deepEqual(written, actions);
  });
});
