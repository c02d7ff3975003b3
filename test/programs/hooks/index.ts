import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const smokeTest = new pulumi.ResourceHook("smoke-test", async ({ id }) => {
  await Promise.reject(new Error(`${String(id)} does not answer`));
});
new aws.sns.Topic("alerts", {}, { hooks: { afterCreate: [smokeTest], afterUpdate: [smokeTest] } });
