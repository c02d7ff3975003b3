// A Parquet lake that Athena queries at once: the component creates the Glue table from the columns,
// Firehose converts the JSON records to it, and partitions by day need no crawler.
// In the root of the repository:
//
//   npm ci
//   npx streamlake plan --cwd examples/parquet --policy-pack ../../policy --stack dev
//   npx streamlake local --cwd examples/parquet --input orders.jsonl --stack dev
//
// With an AWS account, in this directory: `pulumi stack init dev` and
// `pulumi up --policy-pack ../../policy --policy-pack-config ../../policy/config/dev.json`.
//
// `node examples/parquet/query.cjs` runs the query on the objects of the latest local run.
import { readFileSync } from "node:fs";
import * as athena from "@pulumi/aws/athena";
import * as glue from "@pulumi/aws/glue";
import { awaitIamPropagation, DeliveryPipeline } from "../../components/index";

const shop = new glue.CatalogDatabase("shop", { name: "shop" });

const orders = new DeliveryPipeline(
  "orders",
  {
    conversion: {
      catalog: {
        databaseName: shop.name,
        columns: [
          { name: "id", type: "bigint" },
          { name: "customer", type: "string" },
          { name: "total", type: "decimal(10,2)" },
          { name: "items", type: "array<struct<sku:string,quantity:int>>" },
          { name: "placed_at", type: "timestamp" },
        ],
      },
      openX: { columnKeys: { placed_at: "placedAt" } },
    },
    // Keeps the orders that do not fit the columns too.
    backup: { enabled: true, expiryDays: 30 },
    alarms: { actionArns: ["arn:aws:sns:us-east-1:123456789012:on-call"] },
  },
  { hooks: { onError: [awaitIamPropagation("orders")] } },
);

const revenue = new athena.NamedQuery("revenue-by-customer", {
  database: shop.name,
  description: "Revenue and number of articles by customer",
  query: readFileSync("revenue.sql", "utf8"),
});

export const { streamName, bucketName } = orders;
export const queryId = revenue.id;
