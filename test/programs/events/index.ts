import * as aws from "@pulumi/aws";

const table = new aws.dynamodb.Table("counts", {
  attributes: [{ name: "day", type: "S" }],
  hashKey: "day",
  billingMode: "PAY_PER_REQUEST",
});
const queue = new aws.sqs.Queue("orders", { visibilityTimeoutSeconds: 180 });
const topic = new aws.sns.Topic("alerts");

queue.onEvent("count", async (event) => {
  console.log(event.Records.length, table.name.get());
  await Promise.resolve();
});
topic.onEvent("notify", async (event) => {
  console.log(event.Records.map(({ Sns }) => Sns.Subject));
  await Promise.resolve();
});
aws.cloudwatch.onSchedule("nightly", "cron(0 3 * * ? *)", async () => {
  console.log("cleaning up");
  await Promise.resolve();
});
new aws.lambda.CallbackFunction("report", {
  memorySize: 256,
  timeout: 30,
  callback: async () => Promise.resolve({ statusCode: 200, body: "done" }),
});

export const queueUrl = queue.url;
