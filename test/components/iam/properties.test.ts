import assert from "node:assert/strict";
import fc from "fast-check";
import { parseArn } from "../../../components/iam/arn";
import type { PolicyDocument, PolicyStatement } from "../../../components/iam/policyDocument";
import { anyPipeline } from "../support/anyPipeline";
import {
  type Documents,
  documentsOf,
  identityPolicies,
  type Pipeline,
  requiredPolicies,
} from "../support/pipelineDocuments";

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

const statementsOf = (documents: Documents): readonly PolicyStatement[] =>
  Object.values(documents).flatMap(({ Statement }) => Statement);

const uses = (statement: PolicyStatement, action: RegExp): boolean =>
  list(statement.Action).some((name) => action.test(name));

function forAnyPipeline(check: (pipeline: Pipeline) => void): void {
  fc.assert(fc.property(anyPipeline, check));
}

/**
 * Excludes the key policy's delegation to IAM and the bucket policy's denials: they grant nothing.
 */
const grants = ({ Effect, Sid }: PolicyStatement): boolean =>
  Effect === "Allow" && Sid !== "AccountDecidesByIam";

describe("the IAM documents of any pipeline", () => {
  it("allow only exact actions, and use no Not elements", () => {
    forAnyPipeline((pipeline) => {
      for (const statement of statementsOf(documentsOf(pipeline))) {
        for (const element of Object.keys(statement)) assert.doesNotMatch(element, /^Not/);
        assert.ok(list(statement.Action).length > 0);
        if (grants(statement))
          for (const action of list(statement.Action))
            assert.match(action, /^[a-z0-9]+:[A-Za-z]+$/);
      }
    });
  });

  it("give identities access only to the pipeline's resources", () => {
    forAnyPipeline((pipeline) => {
      const { streamArn, bucketArn, keyArn, streamKeyArn } = pipeline;
      const { partition, region, account } = parseArn(streamArn);
      const log = `arn:${partition}:logs:${region}:${account}:log-group:${pipeline.logGroupName}:`;
      const own = [streamArn, bucketArn, log, ...list(keyArn), ...list(streamKeyArn)];
      for (const { Principal, Resource } of statementsOf(identityPolicies(pipeline))) {
        assert.equal(Principal, undefined);
        assert.ok(list(Resource).length > 0);
        for (const resource of list(Resource))
          assert.ok(
            own.some((arn) => resource.startsWith(arn)),
            resource,
          );
      }
    });
  });

  it("allow only the pipeline's roles and CloudWatch Logs to use existing resources", () => {
    forAnyPipeline((pipeline) => {
      const { partition, account } = parseArn(pipeline.streamArn);
      for (const { Sid, Principal } of statementsOf(requiredPolicies(pipeline))) {
        assert.ok(typeof Principal === "object");
        const [[kind, who] = []] = Object.entries(Principal);
        assert.equal(kind, Sid === "CloudWatchLogsUsesKey" ? "Service" : "AWS");
        if (kind === "AWS")
          assert.ok(String(who).startsWith(`arn:${partition}:iam::${account}:role/`));
      }
    });
  });

  it("limit every use of a key to one service and one stream, bucket or log group", () => {
    forAnyPipeline((pipeline) => {
      const documents = { ...identityPolicies(pipeline), ...requiredPolicies(pipeline) };
      const kms = statementsOf(documents).filter((statement) => uses(statement, /^kms:/));
      assert.equal(kms.length > 0, (pipeline.keyArn ?? pipeline.streamKeyArn) !== undefined);
      for (const { Sid, Condition = {} } of kms) {
        const tests = new Map(Object.values(Condition).flatMap((test) => Object.entries(test)));
        const contexts = [...tests.keys()].filter((key) =>
          key.startsWith("kms:EncryptionContext:aws:"),
        );
        assert.equal(contexts.length, 1);
        const [context = ""] = contexts;
        const service = context.split(":")[3] ?? "";
        // An S3 Bucket Key takes the bucket's own ARN as the context.
        if (service === "s3") assert.ok(list(tests.get(context)).includes(pipeline.bucketArn));
        if (Sid === "CloudWatchLogsUsesKey") continue;
        const [host] = list(tests.get("kms:ViaService"));
        assert.equal(host, `${service}.${parseArn(pipeline.streamArn).region}.amazonaws.com`);
      }
    });
  });

  it("refer only to ARNs in the partition of the pipeline", () => {
    forAnyPipeline((pipeline) => {
      const json = JSON.stringify(documentsOf({ ...pipeline, prefix: "", errorPrefix: "" }));
      const partitions = new Set([...json.matchAll(/"arn:([a-z-]+):/g)].map(([, found]) => found));
      assert.deepEqual([...partitions], [parseArn(pipeline.streamArn).partition]);
    });
  });

  it("have a valid Sid for each statement, unique within a document", () => {
    forAnyPipeline((pipeline) => {
      const documents = documentsOf(pipeline);
      const { source, delivery } = documents;
      // An existing role needs both documents in one policy.
      const together = statementsOf({ source, delivery } as Documents);
      for (const statements of [
        together,
        ...Object.values(documents).map((one: PolicyDocument) => one.Statement),
      ]) {
        const sids = statements.map(({ Sid }) => Sid);
        for (const sid of sids) assert.match(sid, /^[A-Za-z0-9]+$/);
        assert.equal(new Set(sids).size, sids.length);
      }
    });
  });

  it("allow setting object ACLs only in a bucket of another account, and never deletion", () => {
    forAnyPipeline((pipeline) => {
      const statements = statementsOf(documentsOf(pipeline)).filter(grants);
      assert.equal(
        statements.some((statement) => uses(statement, /Acl$/)),
        pipeline.existingBucket === "other-account",
      );
      assert.ok(!statements.some((statement) => uses(statement, /Delete/)));
    });
  });

  it("contain only characters that IAM accepts in a document", () => {
    forAnyPipeline((pipeline) => {
      // Source: IAM API, PutRolePolicy, pattern of PolicyDocument.
      for (const document of Object.values(documentsOf(pipeline)))
        assert.match(JSON.stringify(document), /^[\t\n\r\u0020-\u00FF]+$/u);
    });
  });

  it("survive a round trip through JSON, and are the same every time they are built", () => {
    forAnyPipeline((pipeline) => {
      const json = JSON.stringify(documentsOf(pipeline));
      assert.deepEqual(JSON.parse(json), documentsOf(pipeline));
      assert.equal(JSON.stringify(documentsOf(pipeline)), json);
    });
  });
});
