import assert from "node:assert/strict";
import { DeliveryPipeline, type DeliveryPipelineArgs } from "../../../components/index";
import {
  type Command,
  type Declared,
  declaredBy,
  type Deployed,
  destroy,
  type Outcome,
  unprotectAll,
  up,
} from "../../support/deploymentSteps";
import { record } from "../../support/record";
import { existing } from "../support/recordedPipeline";

/** What a pipeline declares with these settings, for the model of Pulumi's engine. */
async function declared(args: DeliveryPipelineArgs, name = "events"): Promise<Declared[]> {
  return declaredBy(await record(() => new DeliveryPipeline(name, args)));
}

/** Type and name of each resource, sorted. */
const titles = (urns: readonly string[]): string[] =>
  urns.map((urn) => urn.replace(/^.*\$/, "").replace("::", " ")).sort();

const bucketParts = (name: string): string[] =>
  [
    "bucket:Bucket",
    "bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "bucketOwnershipControls:BucketOwnershipControls",
    "bucketPolicy:BucketPolicy",
    "bucketPublicAccessBlock:BucketPublicAccessBlock",
    "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "bucketVersioning:BucketVersioning",
  ].map((type) => `aws:s3/${type} ${name}`);

const key = ["alias:Alias", "key:Key", "keyPolicy:KeyPolicy"].map(
  (type) => `aws:kms/${type} events`,
);

const safeguarded = [
  ...["aws:iam/role:Role", "aws:iam/rolePolicy:RolePolicy"].flatMap((type) =>
    ["delivery", "source"].map((side) => `${type} events-${side}`),
  ),
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream events",
  "aws:kinesis/stream:Stream events",
  ...key,
  ...bucketParts("events"),
  ...bucketParts("events-access-logs"),
  "aws:s3/bucketLogging:BucketLogging events",
].sort();

const commands: readonly (readonly [string, Command])[] = [
  ["a preview", {}],
  ["--skip-preview", { skipPreview: true }],
  ["--skip-preview --continue-on-error", { skipPreview: true, continueOnError: true }],
];

const settings: DeliveryPipelineArgs = { bucket: { accessLogs: true } };

describe("the protection of DeliveryPipeline", () => {
  let deployed: readonly Deployed[];
  before(async () => {
    deployed = await declared(settings);
  });
  const protectedUrns = (): ReadonlySet<string> =>
    new Set(deployed.filter(({ options }) => options.protect).map(({ urn }) => urn));

  it("covers what stores the data, what keeps it safe and the delivery stream with its roles", () => {
    const both = deployed.filter(({ options }) => options.protect && options.retainOnDelete);
    assert.deepEqual(titles(both.map(({ urn }) => urn)), safeguarded);
    assert.equal(protectedUrns().size, safeguarded.length);
  });

  function assertNothingLost({ deleted, retained, replaced, errors, state }: Outcome): void {
    const kept = protectedUrns();
    for (const urn of [...deleted, ...retained, ...replaced]) assert.ok(!kept.has(urn), urn);
    const left = new Set(state.filter((it) => !it.pendingDelete).map(({ urn }) => urn));
    for (const urn of kept) assert.ok(left.has(urn), urn);
    assert.notDeepEqual(errors, []);
  }

  for (const [how, command] of commands) {
    it(`lets pulumi destroy with ${how} delete nothing but monitoring`, () => {
      const outcome = destroy(deployed, command);
      assertNothingLost(outcome);
      for (const title of titles(outcome.deleted)) assert.match(title, /^aws:cloudwatch\//);
      assert.equal(outcome.deleted.length > 0, command.skipPreview === true);
    });

    it(`stops a rename of the pipeline with ${how}`, async () => {
      assertNothingLost(up(deployed, await declared(settings, "clicks"), command));
    });

    for (const [what, change] of [
      ["an existing stream", { ...settings, existing: { streamArn: existing.streamArn } }],
      ["an existing bucket", { existing: { bucketArn: existing.bucketArn } }],
      ["an existing role", { ...settings, existing: { roleArn: existing.roleArn } }],
      ["an existing key", { ...settings, existing: { keyArn: existing.keyArn } }],
      ["keys that AWS manages", { ...settings, encryption: { mode: "aws-managed" } }],
      ["roles with another path", { ...settings, roles: { path: "/delivery/" } }],
      ["a bucket without access logs", {}],
      [
        "an existing bucket for access logs",
        { existing: { accessLogBucketArn: "arn:aws:s3:::my-access-logs" } },
      ],
    ] as const)
      it(`stops a change to ${what} with ${how}, and undoing it deletes nothing`, async () => {
        const outcome = up(deployed, await declared(change), command);
        assertNothingLost(outcome);
        const undone = up(outcome.state, deployed, { skipPreview: true });
        for (const urn of undone.deleted) assert.ok(!protectedUrns().has(urn), urn);
      });
  }

  it("allows every change that replaces nothing", async () => {
    const change: DeliveryPipelineArgs = {
      bucket: { accessLogs: true, versioning: false, expiryDays: 90 },
      delivery: { bufferSizeMiB: 5, compression: "ZIP" },
      stream: { retentionHours: 24 },
      roles: { permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/Boundary" },
      tags: { team: "web" },
    };
    const { errors, deleted, replaced } = up(deployed, await declared(change));
    assert.deepEqual([errors, deleted, replaced], [[], [], []]);
  });

  it("leaves everything in AWS that is destroyed after pulumi state unprotect", () => {
    const { retained, deleted, errors, state } = destroy(unprotectAll(deployed));
    assert.deepEqual([errors, state], [[], []]);
    const custom = new Set(deployed.filter((it) => it.custom).map(({ urn }) => urn));
    assert.deepEqual(titles(retained.filter((urn) => custom.has(urn))), safeguarded);
    for (const title of titles(deleted)) assert.match(title, /^aws:cloudwatch\//);
  });

  it("leaves the whole old pipeline in AWS after a rename that is unprotected first", async () => {
    const { retained, errors } = up(unprotectAll(deployed), await declared(settings, "clicks"));
    assert.deepEqual(errors, []);
    for (const title of safeguarded) assert.ok(titles(retained).includes(title), title);
  });

  describe("without protect", () => {
    const unprotected: DeliveryPipelineArgs = { ...settings, protect: false };

    it("deletes everything but the key, its policy and its alias with pulumi destroy", async () => {
      const state = await declared(unprotected);
      const { deleted, retained, errors } = destroy(state);
      assert.deepEqual([errors, titles(retained)], [[], key]);
      const others = state.filter(({ custom, urn }) => custom && !retained.includes(urn));
      assert.deepEqual(titles(deleted), titles(others.map(({ urn }) => urn)));
    });

    for (const [what, change] of [
      ["keys that AWS manages", { encryption: { mode: "aws-managed" } }],
      ["another key", { existing: { keyArn: existing.keyArn } }],
    ] as const)
      it(`leaves the pipeline's own key in AWS after a change to ${what}`, async () => {
        const { deleted, retained, errors } = up(
          await declared(unprotected),
          await declared({ ...unprotected, ...change }),
        );
        assert.deepEqual([errors, deleted, titles(retained)], [[], [], key]);
      });

    it("leaves the key in AWS if nothing new is left to encrypt", async () => {
      const { streamArn, bucketArn } = existing;
      const { deleted, retained } = up(
        await declared(unprotected),
        await declared({ protect: false, existing: { streamArn, bucketArn } }),
      );
      assert.ok(!titles(deleted).some((title) => title.startsWith("aws:kms/")));
      assert.deepEqual(titles(retained), key);
    });
  });
});

describe("the model of Pulumi's engine", () => {
  /** The stack as it was when only stream, buckets and key were protected. */
  const onlyStores = (resources: readonly Declared[]): Declared[] =>
    resources.map((resource) => {
      const { type } = resource;
      const stores = ["aws:kinesis/stream:Stream", "aws:kms/key:Key", "aws:s3/bucket:Bucket"];
      return stores.includes(type) ? resource : { ...resource, options: {} };
    });
  const production: DeliveryPipelineArgs = {
    bucket: { accessLogs: true },
    encryption: { errorLog: true },
  };

  // What the engine of CLI 3.260 did, counted in a deployment.
  for (const [what, change, name, deletions] of [
    ["a rename", production, "clicks", 37],
    [
      "a change to an existing bucket",
      { existing: { bucketArn: existing.bucketArn } },
      "events",
      13,
    ],
  ] as const)
    it(`deletes as much as the engine after ${what} while only stores are protected`, async () => {
      const [before, after] = [await declared(production), await declared(change, name)];
      const { deleted, errors } = up(onlyStores(before), onlyStores(after), { skipPreview: true });
      assert.equal(deleted.length, deletions);
      assert.notDeepEqual(errors, []);
    });

  it("deletes as much as the engine with pulumi destroy while only stores are protected", async () => {
    const state = onlyStores(await declared(production));
    assert.equal(destroy(state, { skipPreview: true }).deleted.length, 37);
    assert.deepEqual(destroy(state).deleted, []);
    const { deleted, retained } = destroy(unprotectAll(state));
    assert.deepEqual([deleted.length, retained.length], [37, 4]);
  });
});
