// A first draft that the policy gate rejects: the stream is not encrypted, Firehose may use the role on behalf
// of any account, and the role may do everything in the bucket. In the root of the repository:
//
//   npm ci
//   npx streamlake plan --cwd examples/rejected --stack prod
import * as aws from "@pulumi/aws";

new aws.kinesis.Stream("clicks", { retentionPeriod: 168 });

const role = new aws.iam.Role("delivery", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "firehose.amazonaws.com" }),
});

new aws.iam.RolePolicy("delivery", {
  role: role.id,
  policy: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::shop-data-lake/*" }],
  },
});
