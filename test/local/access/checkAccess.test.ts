import assert from "node:assert/strict";
import { checkAccess, type AccessCheck } from "../../../local/access/checkAccess";
import {
  type Properties,
  type PropertyValue,
  type ResourceGraph,
  Unknown,
} from "../../../engine/graph/resourceGraph";
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

/** The graph with more statements in a policy of the component. */
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

describe("a rehearsal", () => {
  let graph: ResourceGraph;
  before(async () => {
    graph = await pipelineGraph();
  });

  it("puts data and failed records under keys as Firehose chooses them", () => {
    const puts = only(graph).decisions.filter(({ request }) => request.action === "s3:PutObject");
    const [data, errors] = puts.map(({ request }) => request.resource.replace(/^.*?\//, ""));
    assert.match(data ?? "", /^raw\/events\/1970\/01\/01\/events-[0-9a-f]{7}-1-1970-[-0-9]+$/);
    assert.match(errors ?? "", /^errors\/events\/processing-failed\/1970\/01\/01\/events-/);
  });

  it("denies data under a prefix that its role may not write to", () => {
    const policy = one(graph, types.rolePolicy, "events-delivery");
    const bucketArn = textOf(one(graph, types.bucket), "arn");
    const text = textOf(policy, "policy");
    const narrowed = changed(graph, policy, {
      policy: text.replace(`"${bucketArn}/*"`, `"${bucketArn}/errors/*"`),
    });
    const denied = only(narrowed).decisions.filter(({ decision }) => decision.outcome === "denied");
    assert.deepEqual(
      denied.map(({ call, request }) => [call, request.action]),
      [["PutObject", "s3:PutObject"]],
    );
    assert.match(denied[0]?.request.resource ?? "", /\/raw\/events\//);
  });

  it("is in order with keys that AWS manages, any buffering, and without an error log", async () => {
    const managed = await pipelineGraph({ encryption: { mode: "aws-managed" } });
    assert.deepEqual(outcomes(only(managed)), ["allowed"]);
    assert.deepEqual(tooMuch(only(managed)), []);
    const inParts = only(withDestination(graph, { bufferingInterval: 0 }));
    assert.deepEqual(outcomes(inParts), ["allowed"]);
    const actions = inParts.unused.documented.map(({ action }) => action);
    assert.ok(!actions.includes("kms:Decrypt"));
    const unlogged = only(withDestination(graph, { cloudwatchLoggingOptions: { enabled: false } }));
    assert.deepEqual(outcomes(unlogged), ["allowed"]);
    assert.deepEqual(
      tooMuch(unlogged).map(([, action]) => action),
      ["logs:PutLogEvents"],
    );
  });

  it("is in order in China and in the other partitions", async () => {
    for (const region of ["cn-north-1", "us-gov-east-1"]) {
      const there = only(await pipelineGraph({ encryption: { errorLog: true } }, region));
      assert.deepEqual(outcomes(there), ["allowed"], region);
      assert.deepEqual(tooMuch(there), [], region);
    }
  });

  describe("of the grants that nothing needs", () => {
    it("names each action on each resource, and not what AWS asks for", () => {
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

    it("counts what AWS asks for only where it asks for it", () => {
      const elsewhere = { Sid: "More", Effect: "Allow", Action: "s3:GetObject" };
      const accessCheck = only(
        granting(graph, "events-delivery", { ...elsewhere, Resource: "arn:aws:s3:::other/*" }),
      );
      assert.deepEqual(tooMuch(accessCheck), [["More", "s3:GetObject", "arn:aws:s3:::other/*"]]);
      const keyArn = textOf(one(graph, types.key), "arn");
      const unbound = { Sid: "More", Effect: "Allow", Action: "kms:Decrypt", Resource: keyArn };
      assert.equal(tooMuch(only(granting(graph, "events-source", unbound))).length, 1);
    });

    it("counts what repeats another grant", () => {
      const again = { Sid: "Again", Effect: "Allow", Action: "logs:PutLogEvents", Resource: "*" };
      const accessCheck = only(granting(graph, "events-delivery", again));
      assert.deepEqual(tooMuch(accessCheck), [["Again", "logs:PutLogEvents", "*"]]);
    });

    it("counts none that a call which is undecided may need", async () => {
      const { bucketArn } = existing;
      const foreign = only(
        await pipelineGraph({ existing: { bucketArn, bucketAccountId: "210987654321" } }),
      );
      assert.deepEqual(outcomes(foreign), ["allowed", "undecided"]);
      assert.equal(reasons(foreign).length, 1);
      assert.deepEqual(tooMuch(foreign), []);
    });

    it("counts none that another delivery stream with the same role needs", () => {
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

  it("does not judge grants where Firehose does more than deliver", () => {
    const lambda = { enabled: true, processors: [{ type: "Lambda" }] };
    const conversion = { outputFormatConfiguration: {} };
    for (const [work, more] of Object.entries({
      Lambda: { processingConfiguration: lambda },
      s3BackupMode: { s3BackupMode: "Enabled" },
      dataFormatConversionConfiguration: { dataFormatConversionConfiguration: conversion },
    })) {
      const invoke = { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: "*" };
      const accessCheck = only(granting(withDestination(graph, more), "events-delivery", invoke));
      assert.deepEqual(accessCheck.notChecked, [`what it calls for ${work} is not rehearsed`]);
      assert.deepEqual(outcomes(accessCheck), ["allowed"]);
      assert.deepEqual(tooMuch(accessCheck), []);
    }
  });

  it("of an existing role does not decide, and says once why", async () => {
    const accessCheck = only(await pipelineGraph({ existing }));
    assert.deepEqual(outcomes(accessCheck), ["undecided"]);
    assert.deepEqual(reasons(accessCheck), [`the role ${existing.roleArn} is not declared here`]);
    assert.deepEqual(accessCheck.unused, { documented: [], tooMuch: [] });
  });

  it("tells what it assumes of existing resources", async () => {
    const { streamArn, bucketArn, keyArn } = existing;
    const accessCheck = only(await pipelineGraph({ existing: { streamArn, bucketArn, keyArn } }));
    assert.deepEqual(
      accessCheck.assumptions.map((text) => text.replace(/ is not declared here.*/, "")),
      [`The stream ${streamArn}`, `The key ${keyArn}`, `The bucket ${bucketArn}`],
    );
  });

  it("cannot be while it is unknown or wrong who calls, and on what", () => {
    const notChecked = (changedTo: ResourceGraph) => {
      const { decisions, notChecked: why } = only(changedTo);
      assert.deepEqual(decisions, []);
      return why;
    };
    const unknown: PropertyValue = new Unknown();
    assert.deepEqual(notChecked(withDestination(graph, { roleArn: unknown, prefix: unknown })), [
      "its roles, and what they reach, are not known before a deployment",
    ]);
    assert.deepEqual(notChecked(withDestination(graph, { roleArn: null })), [
      "extendedS3Configuration.roleArn is not set",
    ]);
    const [partitioned] = notChecked(
      withDestination(graph, { prefix: "raw/!{partitionKeyFromQuery:customer}/" }),
    );
    assert.match(partitioned ?? "", /needs dynamic partitioning/);
    const [wrong] = notChecked(withDestination(graph, { bucketArn: "lake" }));
    assert.match(wrong ?? "", /"lake" is not an ARN/);
  });

  it("is for the delivery streams that a graph declares", () => {
    const firehose = one(graph, types.firehose);
    assert.deepEqual(checkAccess(replaced(graph, firehose)), []);
    assert.deepEqual(checkAccess(replaced(graph, firehose, { ...firehose, external: true })), []);
  });
});
