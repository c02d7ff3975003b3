// Two pipelines from one stream that is there already: into a bucket of the same account, as a role
// of your own, and into a bucket of another account, whose owner must let Firehose in. What role,
// bucket and key have to allow are outputs. At the top of the repository, with your own ARNs below:
//
//   npm ci
//   npx streamlake plan --cwd examples/existing --policy-pack ../../policy --stack dev
//
// With an AWS account, in this folder: `pulumi stack init dev`, `pulumi up --policy-pack ../../policy`.
import { awaitIamPropagation, DeliveryPipeline } from "../../components/index";

const streamArn = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";

const orders = new DeliveryPipeline("orders", {
  existing: {
    streamArn,
    bucketArn: "arn:aws:s3:::shop-data-lake",
    roleArn: "arn:aws:iam::123456789012:role/FirehoseDeliveryRole",
    keyArn: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  },
});

const finance = new DeliveryPipeline(
  "orders-for-finance",
  {
    existing: {
      streamArn,
      bucketArn: "arn:aws:s3:::finance-data-lake",
      bucketAccountId: "210987654321",
    },
    delivery: { prefix: "orders/!{timestamp:yyyy/MM}/" },
  },
  { hooks: { onError: [awaitIamPropagation("orders-for-finance")] } },
);

/** For the role FirehoseDeliveryRole. */
export const ordersRolePolicy = orders.requiredPolicy;
/** For the key, if its policy does not leave access to IAM. */
export const ordersKeyPolicy = orders.requiredKeyPolicy;
/** For the bucket finance-data-lake: its owner adds it to the bucket's policy. */
export const financeBucketPolicy = finance.requiredBucketPolicy;
/** Firehose writes to that bucket as this role. */
export const financeRoleArn = finance.deliveryRoleArn;
