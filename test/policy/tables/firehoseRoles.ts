import { firehoseRolesAreSeparate } from "../../../policy/rules/firehose/firehoseRolesAreSeparate";
import { firehoseWaitsForRolePolicies } from "../../../policy/rules/firehose/firehoseWaitsForRolePolicies";
import { resource, unknown, urnOf } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { deliveryStream } from "./resources";

const role = (name: string): TestResource => resource("aws:iam/role:Role", name, { name });
const [source, delivery] = [role("source"), role("delivery")];
const arn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const roles = {
  kinesisSourceConfiguration: { kinesisStreamArn: unknown, roleArn: unknown },
  extendedS3Configuration: { bucketArn: unknown, roleArn: unknown },
};
const acting = (read: TestResource, write: TestResource): TestResource =>
  deliveryStream(roles, { kinesisSourceConfiguration: read, extendedS3Configuration: write })[0];
const named = (read: unknown, write: unknown): TestResource =>
  deliveryStream({
    kinesisSourceConfiguration: { kinesisStreamArn: unknown, roleArn: read },
    extendedS3Configuration: { bucketArn: unknown, roleArn: write },
  })[0];
const irrelevant = [
  "name",
  "kinesisSourceConfiguration.kinesisStreamArn",
  "extendedS3Configuration.bucketArn",
];

export const firehoseRolesAreSeparateTable: PolicyTable = {
  policy: firehoseRolesAreSeparate,
  pass: {
    "separate roles": { resources: [acting(source, delivery), source, delivery] },
    "roles that are not declared in this stack": {
      resources: [named(arn("reader"), arn("writer"))],
    },
    "one declared role and one that is not": {
      resources: [
        named(arn("source"), arn("writer")),
        resource("aws:iam/role:Role", "source", { name: "source", arn: arn("source") }),
      ],
    },
  },
  fail: {
    "one declared role for both": {
      resources: [acting(source, source), source],
      messages: [/kinesisSourceConfiguration\.roleArn and .* are the same role: use a separate/],
    },
    "one role for the source and for the buckets of two destinations": {
      resources: [
        ...deliveryStream({
          kinesisSourceConfiguration: { roleArn: arn("firehose") },
          redshiftConfiguration: {
            roleArn: arn("firehose"),
            s3Configuration: { roleArn: arn("firehose") },
          },
        }),
      ],
      messages: [
        /and redshiftConfiguration\.roleArn and redshift.*s3Configuration\.roleArn are the same/,
      ],
    },
    "one role for both that is not declared in this stack": {
      resources: [named(arn("firehose"), arn("firehose"))],
      messages: [/are the same role/],
    },
  },
  undecided: {
    "unknown roles": {
      resources: [named(unknown, unknown), source],
      what: 'the roles of "delivery"',
    },
    "a role that may be the other role": {
      resources: [named(unknown, arn("writer"))],
      what: 'the roles of "delivery"',
    },
  },
  notApplicable: {
    "a delivery stream without a Kinesis source": {
      resources: [...deliveryStream({ extendedS3Configuration: { roleArn: arn("writer") } })],
      reason: /does not deliver from a Kinesis stream with a role for each/,
    },
    "a delivery stream without a destination": {
      resources: [...deliveryStream({ kinesisSourceConfiguration: { roleArn: arn("reader") } })],
      reason: /does not deliver from a Kinesis stream with a role for each/,
    },
  },
  anyValuePasses: irrelevant,
};

const inline = resource(
  "aws:iam/rolePolicy:RolePolicy",
  "source-policy",
  { role: unknown },
  { role: source },
);
const attachment = resource(
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "delivery-attachment",
  { role: "delivery" },
);
const shared = resource("aws:iam/policyAttachment:PolicyAttachment", "shared", {
  roles: ["operator", "delivery"],
});
const foreign = resource("aws:iam/rolePolicy:RolePolicy", "foreign", { role: "operator" });
const waiting = (...others: readonly TestResource[]): TestResource => {
  const waits = acting(source, delivery);
  return { ...waits, dependencies: [...(waits.dependencies ?? []), ...others.map(urnOf)] };
};
const barrier = resource("aws:sns/topic:Topic", "barrier", {}, { name: [inline, attachment] });

export const firehoseWaitsForRolePoliciesTable: PolicyTable = {
  policy: firehoseWaitsForRolePolicies,
  pass: {
    "a delivery stream that waits for all policies": {
      resources: [
        waiting(inline, attachment, shared),
        source,
        delivery,
        inline,
        attachment,
        shared,
      ],
    },
    "a delivery stream that waits through another resource": {
      resources: [waiting(barrier), source, delivery, inline, attachment, barrier],
    },
    "roles without policies": { resources: [waiting(), source, delivery] },
    "policies of other roles": { resources: [waiting(), source, delivery, foreign] },
    "a policy that a property depends on": {
      resources: [
        deliveryStream(roles, {
          kinesisSourceConfiguration: [source, inline],
          extendedS3Configuration: delivery,
        })[0],
        source,
        delivery,
        inline,
      ],
    },
  },
  fail: {
    "a delivery stream that does not wait": {
      resources: [waiting(), source, delivery, inline, attachment],
      messages: [
        /does not wait for RolePolicy "source-policy", RolePolicyAttachment "delivery-attachment" of its roles: add them/,
      ],
    },
    "a delivery stream that waits only for some policies": {
      resources: [waiting(inline, attachment), source, delivery, inline, attachment, shared],
      messages: [/does not wait for PolicyAttachment "shared" of its roles/],
    },
    "a delivery stream that does not wait for the role that reads its credentials": {
      resources: [
        deliveryStream(
          { splunkConfiguration: { secretsManagerConfiguration: { roleArn: unknown } } },
          { splunkConfiguration: source },
        )[0],
        source,
        inline,
      ],
      messages: [/does not wait for RolePolicy "source-policy" of its roles/],
    },
    "a delivery stream that does not wait for the role of its backup": {
      resources: [
        deliveryStream(
          { extendedS3Configuration: { s3BackupConfiguration: { roleArn: unknown } } },
          { extendedS3Configuration: source },
        )[0],
        source,
        inline,
      ],
      messages: [/does not wait for RolePolicy "source-policy" of its roles/],
    },
  },
  undecided: {
    "unknown roles": {
      resources: [named(unknown, unknown), source, inline],
      what: 'the roles of "delivery"',
    },
    "a policy of an unknown role": {
      resources: [waiting(), source, delivery, { ...foreign, props: { role: unknown } }],
      what: 'the policies of the roles of "delivery"',
    },
  },
  notApplicable: {
    "roles that are not declared in this stack": {
      resources: [named(arn("reader"), arn("writer"))],
      reason: /roles are not declared/,
    },
    "a delivery stream without roles": {
      resources: [...deliveryStream({ destination: "splunk" })],
      reason: /roles are not declared/,
    },
  },
  anyValuePasses: irrelevant,
};
