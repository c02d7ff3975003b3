import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

// A component that a plugin constructs, as the package @pulumi/awsx declares one.
class Vpc extends pulumi.ComponentResource {
  declare readonly vpcId: pulumi.Output<string>;
  declare readonly publicSubnetIds: pulumi.Output<string[]>;
  constructor(name: string, args: { readonly numberOfAvailabilityZones: number }) {
    const outputs = { vpcId: undefined, publicSubnetIds: undefined };
    super("awsx:ec2:Vpc", name, { ...args, ...outputs }, { version: "3.0.0" }, true);
  }
}

const vpc = new Vpc("shop", { numberOfAvailabilityZones: 2 });
const group = new aws.ec2.SecurityGroup("web", { vpcId: vpc.vpcId });
const balancer = new aws.lb.LoadBalancer("web", {
  subnets: vpc.publicSubnetIds,
  securityGroups: [group.id],
});

export const url = pulumi.interpolate`http://${balancer.dnsName}`;
