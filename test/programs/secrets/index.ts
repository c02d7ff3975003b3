import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

interface Database {
  readonly name: string;
  readonly token: string;
}

const config = new pulumi.Config();
const database = config.requireSecretObject<Database>("database");
const instance = new aws.rds.Instance("orders", {
  engine: "postgres",
  instanceClass: "db.t4g.micro",
  allocatedStorage: 20,
  dbName: "orders",
  username: config.require("user"),
  password: config.requireSecret("password"),
});
new aws.ssm.Parameter("url", {
  type: "SecureString",
  value: pulumi.interpolate`postgres://${instance.endpoint}/${database.name}?token=${database.token}`,
});

export const user = config.require("user");
export const token = database.token;
