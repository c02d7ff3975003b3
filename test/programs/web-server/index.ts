import * as aws from "@pulumi/aws";

const image = aws.ec2.getAmi({
  mostRecent: true,
  owners: ["amazon"],
  filters: [{ name: "name", values: ["al2023-ami-*-x86_64"] }],
});
const group = new aws.ec2.SecurityGroup("web", {
  ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }],
});
const server = new aws.ec2.Instance("web", {
  ami: image.then(({ id }) => id),
  instanceType: aws.ec2.InstanceType.T3_Micro,
  vpcSecurityGroupIds: [group.id],
  userData: "#!/bin/sh\necho hello > index.html && nohup python3 -m http.server 80 &\n",
  tags: { Name: "web" },
});

export const publicIp = server.publicIp;
