import assert from "node:assert/strict";
import {
  type Properties,
  type PropertyValue,
  type ResourceGraph,
  Unknown,
} from "../../../engine/graph/resourceGraph";
import { type AccessCheck, checkAccess } from "../../../local/access/checkAccess";
import {
  added,
  changed,
  one,
  policyText,
  replaced,
  type Statement,
  statementsIn,
  textOf,
  types,
} from "../support/changedGraph";
import { directPutGraph } from "../support/directPutGraph";
import { existing, pipelineGraph } from "../support/pipelineGraph";

function only(graph: ResourceGraph): AccessCheck {
  const [accessCheck, ...others] = checkAccess(graph);
  assert.ok(accessCheck);
  assert.deepEqual(others, []);
  return accessCheck;
}

const outcomes = ({ decisions }: AccessCheck) => [
  ...new Set(decisions.map(({ decision }) => decision.outcome)),
];
const reasons = ({ decisions }: AccessCheck) => [
  ...new Set(
    decisions.flatMap(({ decision }) => (decision.outcome === "undecided" ? decision.reason : [])),
  ),
];

/** The graph with more statements in a role policy of the component. */
function granting(graph: ResourceGraph, name: string, ...more: readonly Statement[]) {
  const policy = one(graph, types.rolePolicy, name);
  const statements = statementsIn(policy.inputs["policy"]);
  return changed(graph, policy, { policy: policyText(...statements, ...more) });
}

function withDestination(graph: ResourceGraph, more: Properties): ResourceGraph {
  const firehose = one(graph, types.firehose);
  const destination = firehose.inputs["extendedS3Configuration"] as Properties;
  return changed(graph, firehose, { extendedS3Configuration: { ...destination, ...more } });
}

const tooMuch = (accessCheck: AccessCheck) =>
  accessCheck.unused.tooMuch.map(({ statement, action, resource }) => [
    statement,
    action,
    resource,
  ]);

describe("checkAccess", () => {
  it("checks a delivery stream without a source: its delivery role, and no stream", () => {
    const { decisions, notChecked, unused } = only(directPutGraph());
    assert.deepEqual(
      decisions.map(({ call, request, decision }) => [call, request.action, decision.outcome]),
      [
        ["AssumeRole of the delivery", "sts:AssumeRole", "allowed"],
        ["GetBucketLocation", "s3:GetBucketLocation", "allowed"],
        ["PutObject", "s3:PutObject", "allowed"],
        ["PutObject", "s3:PutObject", "allowed"],
      ],
    );
    assert.deepEqual([notChecked, unused.tooMuch], [[], []]);
    const denied = only(directPutGraph({ actions: ["s3:PutObject", "kinesis:GetRecords"] }));
    assert.deepEqual(
      denied.decisions.flatMap(({ call, decision }) => (decision.outcome === "denied" ? call : [])),
      ["GetBucketLocation"],
    );
    assert.deepEqual(
      denied.unused.tooMuch.map(({ action }) => action),
      ["kinesis:GetRecords"],
    );
  });

  it("does not check calls for server-side encryption with a customer-managed key", () => {
    const encrypted = (serverSideEncryption: Properties) =>
      only(directPutGraph({}, {}, { serverSideEncryption })).notChecked;
    const keyArn = "arn:aws:kms:eu-central-1:123456789012:key/k";
    assert.deepEqual(encrypted({ enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn }), [
      "its calls for serverSideEncryption are not checked",
    ]);
    assert.deepEqual(encrypted({ enabled: true }), []);
  });

  let graph: ResourceGraph;
  before(async () => {
    graph = await pipelineGraph();
  });

  it("checks data and failed records with keys in the form that Firehose uses", () => {
    const puts = only(graph).decisions.filter(({ request }) => request.action === "s3:PutObject");
    const [data, errors] = puts.map(({ request }) => request.resource.replace(/^.*?\//, ""));
    assert.match(data ?? "", /^raw\/events\/1970\/01\/01\/events-[0-9a-f]{7}-1-1970-[-0-9]+$/);
    assert.match(errors ?? "", /^errors\/events\/processing-failed\/1970\/01\/01\/events-/);
  });

  it("denies data with a prefix that the role may not write to", () => {
    const policy = one(graph, types.rolePolicy, "events-delivery");
    const bucketArn = textOf(one(graph, types.bucket), "arn");
    const json = textOf(policy, "policy");
    const narrowed = changed(graph, policy, {
      policy: json.replace(`"${bucketArn}/*"`, `"${bucketArn}/errors/*"`),
    });
    const denied = only(narrowed).decisions.filter(({ decision }) => decision.outcome === "denied");
    assert.deepEqual(
      denied.map(({ call, request }) => [call, request.action]),
      [["PutObject", "s3:PutObject"]],
    );
    assert.match(denied[0]?.request.resource ?? "", /\/raw\/events\//);
  });

  it("does not call the grant of a denied call unnecessary, whose condition may be what is wrong", () => {
    const policy = one(graph, types.rolePolicy, "events-delivery");
    const elsewhere = '"kms:ViaService":"s3.eu-north-1.amazonaws.com"';
    const json = textOf(policy, "policy").replace(/"kms:ViaService":"[^"]*"/u, elsewhere);
    assert.match(json, /eu-north-1/u);
    const access = only(changed(graph, policy, { policy: json }));
    const denied = access.decisions.filter(({ decision }) => decision.outcome === "denied");
    assert.deepEqual(
      [...new Set(denied.map(({ request }) => request.action))],
      ["kms:GenerateDataKey"],
    );
    assert.deepEqual(tooMuch(access), []);
  });

  it("allows all calls with AWS-managed keys, any buffer interval, and no error log", async () => {
    const managed = await pipelineGraph({ encryption: { mode: "aws-managed" } });
    assert.deepEqual(outcomes(only(managed)), ["allowed"]);
    assert.deepEqual(tooMuch(only(managed)), []);
    const multipart = only(withDestination(graph, { bufferingInterval: 0 }));
    assert.deepEqual(outcomes(multipart), ["allowed"]);
    const actions = multipart.unused.documented.map(({ action }) => action);
    assert.ok(!actions.includes("kms:Decrypt"));
    const unlogged = only(withDestination(graph, { cloudwatchLoggingOptions: { enabled: false } }));
    assert.deepEqual(outcomes(unlogged), ["allowed"]);
    assert.deepEqual(
      tooMuch(unlogged).map(([, action]) => action),
      ["logs:PutLogEvents"],
    );
  });

  it("allows all calls in China and GovCloud", async () => {
    for (const region of ["cn-north-1", "us-gov-east-1"]) {
      const there = only(await pipelineGraph({ encryption: { errorLog: true } }, region));
      assert.deepEqual(outcomes(there), ["allowed"], region);
      assert.deepEqual(tooMuch(there), [], region);
    }
  });

  describe("unused grants", () => {
    it("reports each unused action on each resource, except documented grants", () => {
      const more = { Sid: "More", Effect: "Allow", Resource: ["arn:aws:s3:::a", "arn:aws:s3:::b"] };
      const accessCheck = only(
        granting(graph, "events-delivery", {
          ...more,
          Action: ["s3:DeleteObject", "s3:PutObject"],
        }),
      );
      assert.deepEqual(tooMuch(accessCheck), [
        ["More", "s3:DeleteObject", "arn:aws:s3:::a"],
        ["More", "s3:DeleteObject", "arn:aws:s3:::b"],
        ["More", "s3:PutObject", "arn:aws:s3:::a"],
        ["More", "s3:PutObject", "arn:aws:s3:::b"],
      ]);
      assert.equal(accessCheck.unused.documented.length, 5);
      for (const { usedFor, source } of accessCheck.unused.documented)
        assert.ok(usedFor !== "" && source !== "");
    });

    it("reports a documented action on any other resource as unused", () => {
      const elsewhere = { Sid: "More", Effect: "Allow", Action: "s3:GetObject" };
      const accessCheck = only(
        granting(graph, "events-delivery", { ...elsewhere, Resource: "arn:aws:s3:::other/*" }),
      );
      assert.deepEqual(tooMuch(accessCheck), [["More", "s3:GetObject", "arn:aws:s3:::other/*"]]);
      const keyArn = textOf(one(graph, types.key), "arn");
      const unbound = { Sid: "More", Effect: "Allow", Action: "kms:Decrypt", Resource: keyArn };
      assert.equal(tooMuch(only(granting(graph, "events-source", unbound))).length, 1);
    });

    it("reports a grant that repeats another as unused", () => {
      const repeated = {
        Sid: "Again",
        Effect: "Allow",
        Action: "logs:PutLogEvents",
        Resource: "*",
      };
      const accessCheck = only(granting(graph, "events-delivery", repeated));
      assert.deepEqual(tooMuch(accessCheck), [["Again", "logs:PutLogEvents", "*"]]);
    });

    it("does not report a grant that an undecided call may need", async () => {
      const { bucketArn } = existing;
      const foreign = only(
        await pipelineGraph({ existing: { bucketArn, bucketAccountId: "210987654321" } }),
      );
      assert.deepEqual(outcomes(foreign), ["allowed", "undecided"]);
      assert.equal(reasons(foreign).length, 1);
      assert.deepEqual(tooMuch(foreign), []);
    });

    it("finds all calls allowed, and every grant needed, in a shared bucket with another key", async () => {
      const { streamArn, bucketArn, keyArn } = existing;
      const bucketKeyArn = keyArn.replace(/[^/]+$/, "bucket");
      const shared = only(
        await pipelineGraph({
          existing: { streamArn, bucketArn, streamKeyArn: keyArn, bucketKeyArn },
        }),
      );
      assert.deepEqual(outcomes(shared), ["allowed"]);
      assert.deepEqual(tooMuch(shared), []);
      const keys = shared.decisions.flatMap(({ request: { action, resource } }) =>
        action.startsWith("kms:") ? [`${action} ${resource}`] : [],
      );
      assert.deepEqual(
        [...new Set(keys)],
        [`kms:Decrypt ${keyArn}`, `kms:GenerateDataKey ${bucketKeyArn}`],
      );
    });

    it("does not report a grant of a call that another policy denies", () => {
      const denying = policyText({
        Effect: "Deny",
        Principal: "*",
        Action: "s3:PutObject",
        Resource: "*",
      });
      const denied = only(changed(graph, one(graph, types.bucketPolicy), { policy: denying }));
      assert.ok(outcomes(denied).includes("denied"));
      assert.deepEqual(tooMuch(denied), []);
    });

    it("does not report a grant that another delivery stream with the same role needs", () => {
      const firehose = one(graph, types.firehose);
      const unlogged = { cloudwatchLoggingOptions: { enabled: false } };
      const second = {
        ...one(withDestination(graph, unlogged), types.firehose),
        urn: `${firehose.urn}-2`,
      };
      const [first, other] = checkAccess(added(graph, second));
      assert.ok(first && other);
      assert.deepEqual(tooMuch(first), []);
      assert.deepEqual(tooMuch(other), []);
    });
  });

  it("reports no unused grants for a delivery stream with unchecked features", () => {
    const keyArn = "arn:aws:kms:eu-central-1:123456789012:key/k";
    const encrypted = { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn };
    const more = { actions: ["s3:PutObject", "s3:GetBucketLocation", "kms:CreateGrant"] };
    const accessCheck = only(directPutGraph(more, {}, { serverSideEncryption: encrypted }));
    assert.deepEqual(accessCheck.notChecked, [
      "its calls for serverSideEncryption are not checked",
    ]);
    assert.deepEqual(tooMuch(accessCheck), []);
  });

  it("is undecided for an existing role, with one reason", async () => {
    const accessCheck = only(await pipelineGraph({ existing }));
    assert.deepEqual(outcomes(accessCheck), ["undecided"]);
    assert.deepEqual(reasons(accessCheck), [`the role ${existing.roleArn} is not declared here`]);
    assert.deepEqual(accessCheck.unused, { documented: [], tooMuch: [] });
  });

  it("reports its assumptions about existing resources", async () => {
    const { streamArn, bucketArn, keyArn } = existing;
    const accessCheck = only(await pipelineGraph({ existing: { streamArn, bucketArn, keyArn } }));
    assert.deepEqual(
      accessCheck.assumptions.map((assumption) =>
        assumption.replace(/ is not declared here.*/, ""),
      ),
      [`The stream ${streamArn}`, `The key ${keyArn}`, `The bucket ${bucketArn}`],
    );
  });

  it("makes no decisions if roles, resources or prefixes are unknown or invalid", () => {
    const notChecked = (changedTo: ResourceGraph) => {
      const { decisions, notChecked: reasonsGiven } = only(changedTo);
      assert.deepEqual(decisions, []);
      return reasonsGiven;
    };
    const unknown: PropertyValue = new Unknown();
    assert.deepEqual(notChecked(withDestination(graph, { roleArn: unknown, prefix: unknown })), [
      "its roles and their resources are unknown until deployment",
    ]);
    assert.deepEqual(notChecked(withDestination(graph, { roleArn: null })), [
      "extendedS3Configuration.roleArn is not set",
    ]);
    const [unnamedLog] = notChecked(
      withDestination(graph, { cloudwatchLoggingOptions: { enabled: true } }),
    );
    assert.match(unnamedLog ?? "", /cloudwatchLoggingOptions\.logGroupName is not set/);
    const [partitioned] = notChecked(
      withDestination(graph, { prefix: "raw/!{partitionKeyFromQuery:customer}/" }),
    );
    assert.match(partitioned ?? "", /needs dynamic partitioning/);
    const [invalid] = notChecked(withDestination(graph, { bucketArn: "lake" }));
    assert.match(invalid ?? "", /"lake" is not an ARN/);
  });

  it("checks the calls for a prefix with partition keys", () => {
    const prefix = "raw/!{partitionKeyFromQuery:customer}/";
    const partitions = { prefix, dynamicPartitioningConfiguration: { enabled: true } };
    const { decisions, notChecked } = only(withDestination(graph, partitions));
    assert.deepEqual(notChecked, []);
    const keys = decisions.flatMap(({ call, request }) =>
      call === "PutObject" && request.resource.includes(":s3:") ? [request.resource] : [],
    );
    assert.ok(
      keys.some((key) => /\/raw\/0{11}\/events-[^/]*-1-1970-01-01-[^/]*$/u.test(key)),
      keys.join("\n"),
    );
  });

  it("checks only delivery streams that the graph declares", () => {
    const firehose = one(graph, types.firehose);
    assert.deepEqual(checkAccess(replaced(graph, firehose)), []);
    assert.deepEqual(checkAccess(replaced(graph, firehose, { ...firehose, external: true })), []);
  });
});
