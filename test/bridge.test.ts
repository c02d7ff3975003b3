import assert from "node:assert/strict";
import { DeliveryPipeline, type DeliveryPipelineArgs } from "../components";
import { rules } from "../policy/rules";
import { evaluatePolicies, type TestResource } from "./support/evaluatePolicies";
import { record, type Recorded } from "./support/record";

/** The component as it registers itself, in the form in which policies see it. */
async function recorded(args?: DeliveryPipelineArgs, preview = false): Promise<TestResource[]> {
  const { resources } = await record(() => new DeliveryPipeline("events", args), { preview });
  return resources.map(({ inputs, ...resource }: Recorded) => ({ ...resource, props: inputs }));
}

/** A fault: what is broken in which resource, and which rules must see it. */
interface Fault {
  readonly what: string;
  readonly type: string;
  readonly name?: string;
  /** The broken inputs; nothing: the resource is taken away. */
  readonly breaks?: (props: Record<string, unknown>) => Record<string, unknown>;
  readonly caughtBy: readonly string[];
}

const withDocument = (
  props: Record<string, unknown>,
  change: (statement: Record<string, unknown>) => Record<string, unknown>,
) => {
  const document = JSON.parse(props["policy"] as string) as {
    Statement: [Record<string, unknown>];
  };
  const [first, ...rest] = document.Statement;
  return { ...props, policy: JSON.stringify({ ...document, Statement: [change(first), ...rest] }) };
};

const faults: readonly Fault[] = [
  {
    what: "a stream without encryption",
    type: "aws:kinesis/stream:Stream",
    breaks: (props) => ({ ...props, encryptionType: "NONE" }),
    caughtBy: ["kinesis-streams-are-encrypted"],
  },
  {
    what: "a Firehose that does not compress",
    type: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
    breaks: ({ extendedS3Configuration, ...props }) => ({
      ...props,
      extendedS3Configuration: {
        ...(extendedS3Configuration as object),
        compressionFormat: "UNCOMPRESSED",
      },
    }),
    caughtBy: ["firehose-objects-are-compressed"],
  },
  {
    what: "a bucket without default encryption",
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    caughtBy: ["s3-buckets-are-encrypted"],
  },
  {
    what: "a bucket encrypted with keys of S3",
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    breaks: (props) => ({
      ...props,
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    }),
    caughtBy: ["s3-buckets-are-encrypted"],
  },
  {
    what: "a bucket without public access block",
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    caughtBy: ["s3-buckets-have-public-access-block"],
  },
  {
    what: "a public access block with a gap",
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    breaks: (props) => ({ ...props, restrictPublicBuckets: false }),
    caughtBy: ["s3-public-access-is-blocked"],
  },
  {
    what: "a bucket without policy",
    type: "aws:s3/bucketPolicy:BucketPolicy",
    caughtBy: ["s3-buckets-have-policy"],
  },
  {
    what: "a bucket policy that lets requests without TLS read objects",
    type: "aws:s3/bucketPolicy:BucketPolicy",
    breaks: (props) =>
      withDocument(props, (statement) => ({ ...statement, Resource: "arn:aws:s3:::events" })),
    caughtBy: ["s3-bucket-policies-require-tls"],
  },
  {
    what: "a role that may do everything with the stream",
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "events-source",
    breaks: (props) => withDocument(props, (statement) => ({ ...statement, Action: "kinesis:*" })),
    caughtBy: ["iam-actions-are-specific"],
  },
  {
    what: "a role that may read every stream",
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "events-source",
    breaks: (props) => withDocument(props, (statement) => ({ ...statement, Resource: "*" })),
    caughtBy: ["iam-resources-are-specific"],
  },
  {
    what: "a role that may do all but one thing",
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "events-delivery",
    breaks: (props) =>
      withDocument(props, (statement) => ({
        ...statement,
        Action: undefined,
        NotAction: "s3:DeleteObject",
      })),
    caughtBy: ["iam-allows-have-no-exclusions"],
  },
];

describe("component and policies", () => {
  for (const [what, args] of [
    ["by default", {}],
    ["with keys that AWS manages", { encryption: { mode: "aws-managed" } }],
  ] as const)
    it(`agree ${what}: no violation, and nothing undecided`, async () => {
      const { violations, undecided } = await evaluatePolicies(rules, await recorded(args));
      assert.deepEqual(violations, []);
      assert.deepEqual(undecided, []);
    });

  it("agree in a preview: no violation", async () => {
    const { violations } = await evaluatePolicies(rules, await recorded({}, true));
    assert.deepEqual(violations, []);
  });

  it("meet in a fault for every rule", () => {
    const caught = new Set(faults.flatMap(({ caughtBy }) => caughtBy));
    assert.deepEqual([...caught].sort(), rules.map(({ name }) => name).sort());
  });

  for (const { what, type, name = "events", breaks, caughtBy } of faults)
    it(`${what} is caught by ${caughtBy.join(" and ")}`, async () => {
      const resources = await recorded();
      const index = resources.findIndex((r) => r.type === type && r.name === name);
      assert.notEqual(index, -1);
      const broken = resources.flatMap((resource, at) =>
        at !== index
          ? [resource]
          : breaks
            ? [{ ...resource, props: breaks({ ...resource.props }) }]
            : [],
      );
      const { violations } = await evaluatePolicies(rules, broken);
      assert.deepEqual([...new Set(violations.map(({ policy }) => policy))].sort(), caughtBy);
    });
});
