// A lake with a prefix for each customer: Firehose reads the customer out of each order with jq
// (dynamic partitioning). An order without a customer goes to the error prefix.
// In the root of the repository:
//
//   npm ci
//   npx streamlake plan --cwd examples/partitioned --policy-pack ../../policy --stack dev
//   npx streamlake local --cwd examples/partitioned --input orders.jsonl --stack dev
//
// With an AWS account, in this directory: `pulumi stack init dev` and
// `pulumi up --policy-pack ../../policy --policy-pack-config ../../policy/config/dev.json`.
import * as pulumi from "@pulumi/pulumi";
import { awaitIamPropagation, DeliveryPipeline } from "../../components/index";

const orders = new DeliveryPipeline(
  "orders",
  {
    // AWS requires a buffer of 64 MiB or more, and keeps one for each customer.
    delivery: { bufferSizeMiB: 64, bufferIntervalSeconds: 60 },
    partitioning: { keys: { customer: ".customer.name | ascii_downcase" } },
    alarms: { actionArns: ["arn:aws:sns:us-east-1:123456789012:on-call"] },
  },
  { hooks: { onError: [awaitIamPropagation("orders")] } },
);

export const { streamName, bucketName, prefix } = orders;
/** Its column `customer` is the partition: `pulumi stack output athenaTable --show-secrets`. */
export const athenaTable = pulumi.secret(orders.athenaTable);
