import type * as pulumi from "@pulumi/pulumi";

export const account = "123456789012";

/** What an identity may do, or who may use a resource. */
export function allowing(...statements: readonly object[]) {
  return {
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
  };
}

/** A statement of a bucket policy. */
export function tlsOnly(arn: pulumi.Input<string>, objects: pulumi.Input<string>) {
  return {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, objects],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/** The trust policy of a role that Firehose assumes for this account. */
export const firehoseOfAccount = JSON.stringify(
  allowing({
    Principal: { Service: "firehose.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  }),
);
