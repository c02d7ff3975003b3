import * as aws from "@pulumi/aws";

const key = new aws.kms.Key("data", { enableKeyRotation: true });
new aws.kms.Alias("data", { name: "alias/data", targetKeyId: key.keyId });

export default { keyArn: key.arn };
