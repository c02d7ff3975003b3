import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const network = new pulumi.StackReference(`acme/network/${pulumi.getStack()}`);
const subnetIds = network.requireOutput("privateSubnetIds");

new aws.rds.SubnetGroup("database", { subnetIds });
new aws.ec2.SecurityGroup("database", { vpcId: network.getOutput("vpcId") });

export const vpcId = network.getOutput("vpcId");
