// Two pipelines from one existing stream: into a bucket of the same account, with an existing role,
// and into a bucket of another account, whose owner must give Firehose access. The outputs show
// what role, bucket and key must allow. In the root of the repository, with your own ARNs below:
//
//   npm ci
//   npx streamlake plan --cwd examples/existing --policy-pack ../../policy --stack dev
//
// With an AWS account, in this directory: `pulumi stack init dev` and
// `pulumi up --policy-pack ../../policy --policy-pack-config ../../policy/config/dev.json`.
//
// The delivery streams are protected. After a trial, add `protect: false` to the arguments of both, then
// `pulumi up` and `pulumi destroy`.
import * as pulumi from "@pulumi/pulumi";
import { awaitIamPropagation, DeliveryPipeline } from "../../components/index";

const streamArn = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";
const alarms = { actionArns: ["arn:aws:sns:us-east-1:123456789012:on-call"] };
const keyArn = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const orders = new DeliveryPipeline("orders", {
  existing: {
    streamArn,
    bucketArn: "arn:aws:s3:::shop-data-lake",
    roleArn: "arn:aws:iam::123456789012:role/FirehoseDeliveryRole",
    keyArn,
  },
  alarms,
});

const finance = new DeliveryPipeline(
  "orders-for-finance",
  {
    existing: {
      streamArn,
      // Of the stream alone: the bucket of the other account has its own key.
      streamKeyArn: keyArn,
      bucketArn: "arn:aws:s3:::finance-data-lake",
      bucketAccountId: "210987654321",
    },
    delivery: { prefix: "orders/!{timestamp:yyyy/MM}/" },
    alarms,
  },
  { hooks: { onError: [awaitIamPropagation("orders-for-finance")] } },
);

// The documents are marked so that `pulumi up` does not print them:
// `pulumi stack output ordersRolePolicy --show-secrets`.

/** Permissions that the role FirehoseDeliveryRole needs. */
export const ordersRolePolicy = pulumi.secret(orders.requiredPolicy);
/** Statements that the key's policy needs if it does not delegate access to IAM. */
export const ordersKeyPolicy = pulumi.secret(orders.requiredKeyPolicy);
/** Statements that it needs for the second pipeline. */
export const financeKeyPolicy = pulumi.secret(finance.requiredStreamKeyPolicy);
/** Statements that the owner of the bucket finance-data-lake adds to the bucket's policy. */
export const financeBucketPolicy = pulumi.secret(finance.requiredBucketPolicy);
/** The role that Firehose assumes to write to that bucket. */
export const financeRoleArn = finance.deliveryRoleArn;
