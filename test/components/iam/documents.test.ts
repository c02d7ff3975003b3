import assert from "node:assert/strict";
import fc from "fast-check";
import { nameInArn, parseArn } from "../../../components/iam/arn";
import { deliveryAccess } from "../../../components/iam/deliveryAccess";
import { firehoseTrust } from "../../../components/iam/firehoseTrust";
import { keyPolicy } from "../../../components/iam/keyPolicy";
import type { PolicyStatement } from "../../../components/iam/policyDocument";
import { sourceAccess } from "../../../components/iam/sourceAccess";
import { tlsOnly } from "../../../components/iam/tlsOnly";
import { viaService } from "../../../components/iam/viaService";

const partition = fc.constantFrom("aws", "aws-cn", "aws-us-gov");
const region = fc.constantFrom("us-east-1", "eu-central-1", "cn-north-1", "us-gov-west-1");
const account = fc.stringMatching(/^\d{12}$/);
const name = fc.stringMatching(/^[a-z][a-z0-9-]{1,30}[a-z0-9]$/);

const arns = fc
  .record({ partition, region, account, stream: name, bucket: name, key: fc.uuid(), log: name })
  .map(({ partition, region, account, stream, bucket, key, log }) => ({
    streamArn: `arn:${partition}:kinesis:${region}:${account}:stream/${stream}`,
    bucketArn: `arn:${partition}:s3:::${bucket}`,
    keyArn: `arn:${partition}:kms:${region}:${account}:key/${key}`,
    logStreamArn: `arn:${partition}:logs:${region}:${account}:log-group:${log}:log-stream:x`,
  }));

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

describe("IAM documents", () => {
  it("grant no wildcard action and no resource but the pipeline's own, whatever the ARNs", () => {
    fc.assert(
      fc.property(arns, fc.boolean(), (given, withKey) => {
        const keyArn = withKey ? given.keyArn : undefined;
        const { streamArn, bucketArn, logStreamArn } = given;
        const statements = [
          ...sourceAccess({ streamArn, keyArn }).Statement,
          ...deliveryAccess({ bucketArn, logStreamArn, keyArn }).Statement,
        ];
        const own = [streamArn, bucketArn, `${bucketArn}/*`, logStreamArn, given.keyArn];
        for (const { Action, Resource, Effect, Sid } of statements) {
          assert.equal(Effect, "Allow");
          assert.ok(Sid.length > 0);
          assert.ok(list(Action).length > 0 && list(Resource).length > 0);
          for (const action of list(Action)) assert.match(action, /^[a-z0-9]+:[A-Za-z]+$/);
          for (const resource of list(Resource)) assert.ok(own.includes(resource), resource);
        }
        assert.equal(
          statements.some(({ Action }) => list(Action).some((a) => a.startsWith("kms:"))),
          withKey,
        );
      }),
    );
  });

  it("bind every use of the key to one service and one stream or bucket", () => {
    fc.assert(
      fc.property(arns, (given) => {
        const kms: readonly PolicyStatement[] = [
          ...sourceAccess(given).Statement,
          ...deliveryAccess(given).Statement,
        ].filter(({ Action }) => list(Action).some((action) => action.startsWith("kms:")));
        assert.equal(kms.length, 2);
        for (const { Condition = {} } of kms) {
          const keys = Object.values(Condition).flatMap((tests) => Object.keys(tests));
          assert.ok(keys.includes("kms:ViaService"));
          assert.ok(keys.some((key) => key.startsWith("kms:EncryptionContext:aws:")));
        }
      }),
    );
  });

  it("stay in the partition of the ARNs", () => {
    fc.assert(
      fc.property(arns, (given) => {
        const { partition } = parseArn(given.keyArn);
        const text = JSON.stringify([
          sourceAccess(given),
          deliveryAccess(given),
          keyPolicy(given.keyArn),
          tlsOnly(given.bucketArn),
        ]);
        const partitions = [...text.matchAll(/"arn:([a-z-]+):/g)].map(([, found]) => found);
        assert.deepEqual([...new Set(partitions)], [partition]);
      }),
    );
  });

  it("let Firehose assume a role for one account only", () => {
    assert.deepEqual(firehoseTrust("123456789012").Statement[0]?.Condition, {
      StringEquals: { "sts:ExternalId": "123456789012" },
    });
  });

  it("know both names of a service in China", () => {
    const key = "arn:aws-cn:kms:cn-north-1:123456789012:key/1";
    assert.deepEqual(viaService("s3", key), [
      "s3.cn-north-1.amazonaws.com",
      "s3.cn-north-1.amazonaws.com.cn",
    ]);
  });
});

describe("ARNs", () => {
  it("are split into their parts, colons in the resource included", () => {
    assert.deepEqual(parseArn("arn:aws:logs:us-east-1:123456789012:log-group:a:log-stream:b"), {
      partition: "aws",
      service: "logs",
      region: "us-east-1",
      account: "123456789012",
      resource: "log-group:a:log-stream:b",
    });
  });

  it("end in the name of a stream, role or bucket", () => {
    assert.equal(nameInArn("arn:aws:kinesis:us-east-1:123456789012:stream/events"), "events");
    assert.equal(nameInArn("arn:aws:iam::123456789012:role/service/Firehose"), "Firehose");
    assert.equal(nameInArn("arn:aws:s3:::lake"), "lake");
  });

  it("are refused by name when they are none", () => {
    assert.throws(() => parseArn("user-events"), /^Error: "user-events" is not an ARN: arn:/);
  });
});
