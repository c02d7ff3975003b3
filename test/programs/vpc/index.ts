import * as aws from "@pulumi/aws";

module.exports = async () => {
  const { names } = await aws.getAvailabilityZones({ state: "available" });
  const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
  const gateway = new aws.ec2.InternetGateway("main", { vpcId: vpc.id });
  const table = new aws.ec2.RouteTable("public", {
    vpcId: vpc.id,
    routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
  });
  const subnets = names.slice(0, 2).map((availabilityZone, index) => {
    const subnet = new aws.ec2.Subnet(`public-${index}`, {
      vpcId: vpc.id,
      availabilityZone,
      cidrBlock: `10.0.${index}.0/24`,
    });
    new aws.ec2.RouteTableAssociation(`public-${index}`, {
      subnetId: subnet.id,
      routeTableId: table.id,
    });
    return subnet;
  });
  return { zones: names.slice(0, 2), firstZone: names[0], subnetIds: subnets.map(({ id }) => id) };
};
