import { firehoseRolesServeOnlyFirehose } from "../../../policy/rules/firehose/firehoseRolesServeOnlyFirehose";
import { resource, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { deliveryStream } from "./resources";

const arn = "arn:aws:iam::123456789012:role/delivery";
const role = (assumeRolePolicy: unknown): TestResource =>
  resource("aws:iam/role:Role", "delivery", { arn, assumeRolePolicy });
const statement = (Principal: unknown, more: object = {}) => ({
  ...{ Effect: "Allow", Action: "sts:AssumeRole", Principal },
  ...more,
});
const trusting = (...statements: readonly object[]) => ({
  resources: [
    deliveryStream({ extendedS3Configuration: { roleArn: arn } })[0],
    role(JSON.stringify({ Statement: statements })),
  ],
});
const firehose = { Service: "firehose.amazonaws.com" };
const messages = [/Role "delivery" of the delivery stream can also be assumed by another service/];

export const firehoseRolesServeOnlyFirehoseTable: PolicyTable = {
  policy: firehoseRolesServeOnlyFirehose,
  pass: {
    "a role for Firehose": trusting(statement(firehose)),
    "a role that a role of another account may assume, too": trusting(
      statement({ ...firehose, AWS: "arn:aws:iam::123456789012:role/debugger" }),
    ),
    "a role that chosen roles of an account may assume": trusting(
      statement(firehose),
      statement(
        { AWS: "arn:aws:iam::123456789012:root" },
        { Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/a" } } },
      ),
    ),
    "a role that everyone may assume, which another rule reports": trusting(
      statement({ AWS: "*" }),
      statement(undefined, { NotPrincipal: { AWS: "arn:aws:iam::123456789012:role/a" } }),
    ),
    "a role that denies other services": trusting(
      statement(firehose),
      statement({ Service: "lambda.amazonaws.com" }, { Effect: "Deny" }),
    ),
  },
  fail: {
    "a role for Firehose and Lambda": {
      ...trusting(statement({ Service: ["firehose.amazonaws.com", "lambda.amazonaws.com"] })),
      messages,
    },
    "a role for Glue in a statement of its own": {
      ...trusting(statement(firehose), statement({ Service: "glue.amazonaws.com" })),
      messages,
    },
    "a role for everyone in an account": {
      ...trusting(statement(firehose), statement({ AWS: "123456789012" })),
      messages,
    },
    "a role that reads the credentials of a destination": {
      resources: [
        deliveryStream({
          splunkConfiguration: { secretsManagerConfiguration: { roleArn: arn } },
        })[0],
        role(JSON.stringify({ Statement: [statement({ Service: "ec2.amazonaws.com" })] })),
      ],
      messages,
    },
  },
  undecided: {
    "an unknown trust policy": {
      resources: [deliveryStream({ extendedS3Configuration: { roleArn: arn } })[0], role(unknown)],
      what: 'the trust policies of the roles of "delivery"',
    },
    "unknown roles": {
      resources: [
        deliveryStream({ extendedS3Configuration: { roleArn: unknown } })[0],
        role(JSON.stringify({ Statement: [statement(firehose)] })),
      ],
      what: 'the roles of "delivery"',
    },
  },
  notApplicable: {
    "a role that is not declared in this stack": {
      resources: [...deliveryStream({ extendedS3Configuration: { roleArn: arn } })],
      reason: /roles are not declared/,
    },
  },
};
